/** What was measured and answered, as it stands in the form. What follows from it is worked out in `working.ts`. */
import type { Age } from "../triage/esi.ts";
import type { Consciousness } from "../triage/news2.ts";
import type { Colour, Triage } from "../triage/suggestions.ts";
import type { AllTyped } from "../vitals/typed.ts";
import type { Esi, News2 } from "../wire/frames.ts";
import type { OpenCase } from "../wire/opening.ts";

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

/** The findings from which a case was sent. */
export function findingsOf({ vitals = [], vitals_at, triage }: OpenCase): Findings {
  const typed = Object.fromEntries(vitals.map(({ name, value, unit }) => [name, { text: String(value), unit }]));
  return { ...NO_FINDINGS, vitals: typed, at: vitals_at ?? null, ...(triage ? answered(triage) : {}) };
}

function answered(triage: Triage): Partial<Findings> {
  if (triage.system === "MTS") return { system: triage.system, colour: triage.value };
  const { version: _, ...said } = triage;
  if (said.system === "NEWS2") return observed(said);
  const { value, ...answers } = said;
  return { ...answers, level: value };
}

/** Of a NEWS2 all but what is worked out. */
function observed({ value: _, band: __, ...said }: Omit<News2, "version">): Partial<Findings> {
  return said;
}
