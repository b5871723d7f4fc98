/** From what was sent to the form again. */

import type { Triage } from "../triage/suggestions.ts";
import type { News2 } from "../wire/frames.ts";
import type { OpenCase } from "../wire/opening.ts";
import type { Fields } from "./fields.ts";
import { type Findings, NO_FINDINGS } from "./findings.ts";
import { given } from "./opening.ts";

/** The form as it was when this case was sent, without what was measured. `empty`: what stands where nothing was said. */
export function fieldsOf(wish: OpenCase, empty: Fields): Fields {
  const { observers, not_identifying: _, vitals: _v, vitals_at: _at, triage: _t, resources = [], ...rest } = wish;
  const mode = typeof observers === "object" ? observers.mode : (observers ?? null);
  const there = Object.fromEntries(resources.map(({ name, value }) => [name, value]));
  return { ...empty, ...given(rest), resources: there, observers: mode };
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
