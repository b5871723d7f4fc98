import { batch } from "@preact/signals";

/** Calls `run` soon, once: before the next frame is painted where there is a screen. */
export type Schedule = (run: () => void) => void;

/** What views read, renewed part by part, and all at once: however often a part was marked in between. */
export class Batched<Part extends string> {
  readonly #schedule: Schedule;
  readonly #renew: Readonly<Record<Part, () => void>>;
  readonly #due = new Set<Part>();

  constructor(schedule: Schedule, renew: Readonly<Record<Part, () => void>>) {
    this.#schedule = schedule;
    this.#renew = renew;
  }

  /** These parts are not what they were. */
  mark(...parts: readonly Part[]): void {
    if (this.#due.size === 0) this.#schedule(() => this.renew());
    for (const part of parts) this.#due.add(part);
  }

  /** Renew what is due now. */
  renew(): void {
    const due = [...this.#due];
    this.#due.clear();
    batch(() => {
      for (const part of due) this.#renew[part]();
    });
  }
}
