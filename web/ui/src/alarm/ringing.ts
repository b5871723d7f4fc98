/** What rings just now: the calls that wait, without those that are muted here or whose deadline is over. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Told } from "../live/notices.ts";
import type { Call } from "./tones.ts";

export class Ringing {
  readonly #muted = signal<ReadonlySet<string>>(new Set());
  /** The calls that wait, muted ones too; the most urgent first. */
  readonly calls: ReadonlySignal<readonly Told[]>;
  /** What is to sound, if anything is. */
  readonly call: ReadonlySignal<Call | undefined>;

  /** `now`: the server's time, in Unix ms. */
  constructor(waiting: ReadonlySignal<readonly Told[]>, now: ReadonlySignal<number>) {
    this.calls = computed(() => waiting.value.filter((told) => inTime(told, now.value)).toSorted(byUrgency));
    this.call = computed(() => {
      const loud = this.calls.value.filter(({ notice }) => !this.#muted.value.has(notice));
      return loud.length === 0 ? undefined : loud.some(({ acuity }) => acuity === "stat") ? "stat" : "asap";
    });
  }

  /** Let what rings now be silent on this page. What comes later rings again. */
  mute(): void {
    this.#muted.value = new Set(this.calls.peek().map(({ notice }) => notice));
  }
}

function inTime({ deadline_at }: Told, now: number): boolean {
  return deadline_at === undefined || deadline_at > now;
}

function byUrgency(one: Told, other: Told): number {
  return Number(other.acuity === "stat") - Number(one.acuity === "stat") || other.at - one.at;
}
