/** The sound of a call: two tones that take turns, then a pause, until it is stopped. */

/** Which tones, for how long each, and after how long it begins anew. `stat` is the more insistent. */
interface Pattern {
  readonly tones_hz: readonly number[];
  readonly tone_s: number;
  readonly every_s: number;
}
export type Call = "stat" | "asap";

export const PATTERNS: Readonly<Record<Call, Pattern>> = {
  stat: { tones_hz: [960, 770, 960, 770, 960, 770], tone_s: 0.18, every_s: 1.8 },
  asap: { tones_hz: [770, 640], tone_s: 0.25, every_s: 3 },
};
/** Never louder, whatever is chosen: what distorts is heard worse. */
export const LOUDEST = 0.6;
/** A tone swells and fades for so long, so that it does not click. */
const EDGE_S = 0.012;

/** One turn of the pattern as samples from -1 to 1. */
export function samples({ tones_hz, tone_s, every_s }: Pattern, rate: number): Float32Array<ArrayBuffer> {
  const sound = new Float32Array(Math.round(every_s * rate));
  const length = Math.round(tone_s * rate);
  tones_hz.forEach((hz, turn) => {
    for (let at = 0; at < length; at += 1) {
      const edge = Math.min(1, at / rate / EDGE_S, (length - 1 - at) / rate / EDGE_S);
      sound[turn * length + at] = edge * Math.sin((2 * Math.PI * hz * at) / rate);
    }
  });
  return sound;
}

/** Plays one call at a time. A browser lets nothing sound before somebody has touched the page. */
export class Tones {
  readonly #context = new AudioContext();
  #playing: AudioBufferSourceNode | undefined;
  #call: string | undefined;

  /** Calls `changed` whenever `audible` may have. */
  constructor(changed: () => void = () => undefined) {
    this.#context.addEventListener("statechange", changed);
  }

  /** Whether what is played is heard. */
  get audible(): boolean {
    return this.#context.state === "running";
  }

  /** Let it be heard from now on. Where nobody has touched the page, it is not. */
  wake(): void {
    void this.#context.resume();
  }

  /** Play this call until it is another one, or `stop`. `volume`: 0 to 1. */
  play(call: Call, volume: number): void {
    const wanted = `${call} ${volume}`;
    if (this.#call === wanted) return;
    this.stop();
    this.#call = wanted;
    const sound = samples(PATTERNS[call], this.#context.sampleRate);
    const buffer = this.#context.createBuffer(1, sound.length, this.#context.sampleRate);
    buffer.copyToChannel(sound, 0);
    const source = new AudioBufferSourceNode(this.#context, { buffer, loop: true });
    const gain = new GainNode(this.#context, { gain: Math.max(0, Math.min(1, volume)) * LOUDEST });
    source.connect(gain).connect(this.#context.destination);
    source.start();
    this.#playing = source;
  }

  stop(): void {
    this.#playing?.stop();
    this.#playing = undefined;
    this.#call = undefined;
  }

  close(): void {
    this.stop();
    void this.#context.close();
  }
}
