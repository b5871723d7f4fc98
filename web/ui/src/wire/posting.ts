/** Frames for an event stream on their way: one post after the other, each with all that waited for it. */

import type { ClientFrame } from "./frames.ts";
import type { Surroundings } from "./surroundings.ts";

/** What one post may have; a frame has half of it at most. */
const POST_BYTES = 131_072;
/** The node of the stream did not answer the one that was asked: it may have the frames or not, and takes them again. */
const AGAIN = 503;
const AGAIN_MS = 1_000;

export class Posting {
  readonly #surroundings: Pick<Surroundings, "fetch" | "after">;
  readonly #over: AbortSignal;
  readonly #failed: () => void;
  #waiting: Uint8Array<ArrayBuffer>[] = [];
  #connection: string | null = null;
  #busy = false;

  /** `failed` is called where a post did not reach the stream: it is of no use any more. */
  constructor(surroundings: Pick<Surroundings, "fetch" | "after">, over: AbortSignal, failed: () => void) {
    this.#surroundings = surroundings;
    this.#over = over;
    this.#failed = failed;
  }

  /** The stream has been greeted, as this connection. */
  open(connection: string): void {
    this.#connection = connection;
  }

  /** Send `frame` after those before it, together with the others of this turn. */
  send(frame: ClientFrame): void {
    this.#waiting.push(new TextEncoder().encode(`${JSON.stringify(frame)}\n`));
    if (this.#busy) return;
    this.#busy = true;
    queueMicrotask(() => void this.#postAll());
  }

  async #postAll(): Promise<void> {
    try {
      while (this.#waiting.length > 0) await this.#post(this.#together());
      this.#busy = false;
    } catch {
      if (!this.#over.aborted) this.#failed();
    }
  }

  /** As many of those that wait as one post takes. */
  #together(): Uint8Array<ArrayBuffer>[] {
    let bytes = 0;
    const end = this.#waiting.findIndex((frame) => {
      bytes += frame.length;
      return bytes > POST_BYTES;
    });
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : end);
  }

  async #post(frames: Uint8Array<ArrayBuffer>[]): Promise<void> {
    const headers = { "content-type": "application/x-ndjson", "curbside-connection": this.#connection ?? "" };
    const post = { method: "POST", headers, body: new Blob(frames), signal: this.#over };
    const { ok, status } = await this.#surroundings.fetch("/frames", post);
    if (ok) return;
    if (status !== AGAIN) throw new Error("the connection does not take this");
    await new Promise<void>((go) => this.#surroundings.after(AGAIN_MS, go));
    if (!this.#over.aborted) await this.#post(frames);
  }
}
