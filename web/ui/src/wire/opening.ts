/** A case as its presenter sends it. Not in the schema of the frames: it goes over HTTP. */

import type { Case, ObserverSwitch, Place } from "./frames.ts";

/** ISBAR, de-identified; at most 64 KiB of text in all (UTF-8). The server has a default for what is left out. */
export interface OpenCase {
  readonly title: string;
  readonly acuity: Case["acuity"];
  readonly specialties: readonly string[];
  readonly languages?: readonly string[] | undefined;
  readonly age_band?: string | undefined;
  readonly sex?: string | undefined;
  readonly situation: string;
  readonly background?: string | undefined;
  readonly assessment: string;
  readonly request: string;
  readonly vitals?: Case["vitals"] | undefined;
  /** Unix ms. */
  readonly vitals_at?: number | undefined;
  readonly triage?: Case["triage"] | undefined;
  readonly resources?: Case["resources"] | undefined;
  readonly template?: string | undefined;
  readonly reach?: Case["reach"] | undefined;
  readonly observers?: ObserverSwitch["mode"] | ObserverSwitch | undefined;
  readonly linked_to?: string | undefined;
  /** What in the texts its presenter has confirmed to identify nobody. */
  readonly not_identifying?: readonly (string | Place)[] | undefined;
}
