import type { ReadonlySignal } from "@preact/signals";
import type { Case, CaseFrame, Count } from "../wire/frames.ts";

/** Whether a case has somebody. */
export type Help = CaseFrame["help"];

/**
 * A line of the worklist. `help`: whether it has somebody, people are being asked for, or it has nobody, since `help_at`
 * (Unix ms); in a list it is absent for observers, who are not told.
 * `here`: contributors present, once the server has said so. A line that is `closed` leaves after a moment.
 */
export interface Line {
  readonly room: string;
  readonly status: "open" | "closed";
  readonly title: string;
  readonly acuity: Case["acuity"];
  readonly specialties: readonly string[];
  readonly languages: readonly string[];
  readonly opened_at: number;
  readonly help?: Help;
  readonly help_at?: number;
  readonly here?: number;
}

/** `listing`: the first list is on its way. `stale`: shown is what was known when the line was lost. */
export type WorklistState = "listing" | "live" | "stale" | "failed";

/** The open cases that one may enter, the most urgent first, then who has nobody, then who waits longest. */
export interface WorklistStore {
  readonly lines: ReadonlySignal<readonly Line[]>;
  /** How many open cases there are, for those below T2, who are shown no others than their own; null until it is told. */
  readonly counts: ReadonlySignal<readonly Count[] | null>;
  readonly state: ReadonlySignal<WorklistState>;
  /** Ask again now, after `failed`. */
  retry(): void;
  /** No view shows it any more. */
  close(): void;
}
