/** What was measured and answered, as it stands in the form. What follows from it is worked out in `working.ts`. */
import type { Age } from "../triage/esi.ts";
import type { Consciousness } from "../triage/news2.ts";
import type { Colour, Triage } from "../triage/suggestions.ts";
import type { AllTyped } from "../vitals/typed.ts";
import type { Esi } from "../wire/frames.ts";

export type System = Triage["system"];

export interface Findings {
  readonly vitals: AllTyped;
  /** When the first was written, Unix ms. */
  readonly at: number | null;
  readonly on_oxygen: boolean | null;
  readonly consciousness: Consciousness | null;
  readonly scale: 1 | 2;
  readonly pregnant: boolean;
  /** The triage that goes with the case. */
  readonly system: System;
  readonly life_saving: boolean;
  readonly high_risk: boolean;
  readonly confused: boolean;
  readonly severe_pain: boolean;
  readonly resources: Esi["resources"] | null;
  readonly age: Age | null;
  readonly immunised: boolean | null;
  /** Settled on where ESI leaves a choice. */
  readonly level: number | null;
  readonly colour: Colour | null;
}

export const NO_FINDINGS: Findings = {
  vitals: {},
  at: null,
  on_oxygen: null,
  consciousness: null,
  scale: 1,
  pregnant: false,
  system: "NEWS2",
  life_saving: false,
  high_risk: false,
  confused: false,
  severe_pain: false,
  resources: null,
  age: null,
  immunised: null,
  level: null,
  colour: null,
};

/** Whether nothing was measured and nothing answered. */
export function unfound(findings: Findings): boolean {
  return JSON.stringify({ ...findings, at: null }) === JSON.stringify(NO_FINDINGS);
}
