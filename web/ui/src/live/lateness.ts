import { signal } from "@preact/signals";
import type { Entry, EventFrame, Events } from "../wire/frames.ts";

/** A seat whose news are so old when they come is behind. */
export const LATE_MS = 2_000;
/** And is again in time when they were not, for so long. */
export const CALM_MS = 20_000;

/** Whether some room on this page is behind: what can wait waits to be asked for. */
export const slow = signal(false);

/** A line with so long a round trip will be behind as soon as much is said, ms. */
export const FAR_MS = 1_000;

/** How old the newest of these events is. Times are Unix ms of the server. */
export function age_ms(frame: EventFrame | Events, now: number): number {
  const newest: Entry | undefined = frame.t === "event" ? frame : frame.events.at(-1);
  return newest === undefined ? 0 : now - newest.at;
}
