/** What the archive's addresses answer. Times are Unix ms; `root` and `sha256` are hex. */
import type { Case, Entry, State } from "../wire/frames.ts";

/** A closed case in a list. */
export interface ClosedLine {
  readonly id: string;
  readonly title: string;
  readonly acuity: Case["acuity"];
  readonly specialties: readonly string[];
  readonly languages: readonly string[];
  readonly opened_at: number;
  readonly closed_at?: number;
}

/** One that is sealed. `events`: how many its first seal covers. */
export interface ArchivedLine extends ClosedLine {
  readonly sealed_at: number;
  readonly events: number;
}

/** `next` is `after` of the next page; null at the end. */
export interface Page<L> {
  readonly cases: readonly L[];
  readonly next: string | null;
}

/** The events up to `upto` are sealed under the Merkle root `root`; `sha256` is that of the archive's file. */
export interface Seal {
  readonly upto: number;
  readonly root: string;
  readonly key_id: string;
  readonly sha256: string;
  readonly sealed_at: number;
}

/** One sealed case, complete. */
export interface ArchivedRecord {
  readonly case: Case;
  readonly state: State;
  readonly events: readonly Entry[];
  readonly seq: number;
  readonly check: string;
  readonly seals: readonly Seal[];
}
