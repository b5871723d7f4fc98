import type { Acuity, CaseFrame } from "../wire/frames.ts";

/** A case as the list over HTTP has it. `help` is absent for observers. */
export interface CaseLine {
  readonly id: string;
  readonly status: "open" | "closed";
  readonly title: string;
  readonly acuity: Acuity;
  readonly specialties: readonly string[];
  readonly languages: readonly string[];
  readonly opened_at: number;
  readonly help?: CaseFrame["help"];
  readonly help_at?: number;
}

/** Newest first; `next` is the `after` of the following page, null after the last. */
export interface CasePage {
  readonly cases: readonly CaseLine[];
  readonly next: string | null;
}

/** Where the open cases are listed. Rejects where the server says no or is not reached. */
export interface Cases {
  open(after: string | null): Promise<CasePage>;
}
