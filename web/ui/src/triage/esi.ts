/** ESI by its questions A to D, from the server's own tables: the twin of realtime/rooms/triage/esi.py. */
import data from "../../../../realtime/rooms/triage/esi.json";
import { rounded } from "../vitals/conversion.ts";
import type { Esi } from "../wire/frames.ts";

export type Age = NonNullable<Esi["age"]>;
export type Answers = Partial<
  Pick<Esi, "life_saving" | "high_risk" | "confused" | "severe_pain" | "resources" | "age" | "immunised">
>;
type Values = Readonly<Record<string, number>>;

/** The level that the questions lead to, and all that a clinician may settle on where one is to be considered. */
export interface Level {
  readonly value: number;
  readonly allowed: readonly number[];
}

interface Lift {
  readonly level: number;
  readonly must: boolean;
}

interface Fever {
  readonly over: number;
  readonly level: number;
  readonly must?: boolean;
  readonly unless_immunised?: boolean;
}

const FEVERS: Readonly<Record<string, readonly Fever[]>> = data.fever;
const { danger } = data;

/** What must be answered before there is a level. */
export function missing(values: Values, answers: Answers): ("resources" | "age")[] {
  if (atOnce(values, answers) !== null) return [];
  return (["resources", "age"] as const).filter((name) => answers[name] === undefined);
}

/** The level; null while anything is missing. `values` by name, each in its first unit. */
export function level(values: Values, answers: Answers): Level | null {
  const now = atOnce(values, answers);
  if (now !== null) return { value: now, allowed: [now] };
  const { resources, age } = answers;
  if (!resources || !age) return null;
  const found = data.resources[resources];
  const lifts = [...dangers(values, answers, age), ...fevers(values, answers, age)];
  const value = Math.min(found, ...lifts.map((one) => one.level));
  const bound = Math.min(found, ...lifts.filter((one) => one.must).map((one) => one.level));
  return { value, allowed: [...new Set([value, bound])].sort((one, other) => one - other) };
}

/** Questions A and B. */
function atOnce(values: Values, answers: Answers): 1 | 2 | null {
  const low = Object.entries(data.life_saving_under).some(([name, limit]) => (values[name] ?? limit) < limit);
  if (answers.life_saving || low) return 1;
  const pain = answers.severe_pain || (values["pain"] ?? 0) >= data.severe_pain;
  return answers.high_risk || answers.confused || pain ? 2 : null;
}

/** Question D, asked of those who need many resources: consider level 2. */
function dangers(values: Values, { resources }: Answers, age: Age): Lift[] {
  const fast = Object.entries(danger.over[age]).some(([name, limit]) => (values[name] ?? 0) > limit);
  const low = (values["oxygen_saturation"] ?? 100) < danger.oxygen_saturation_under;
  return resources === "many" && (fast || low) ? [{ level: 2, must: false }] : [];
}

/** Fever lifts a child's level, whatever the resources. */
function fevers(values: Values, { immunised }: Answers, age: Age): Lift[] {
  const temperature = rounded(values["temperature"] ?? 0, 1);
  const told = (rule: Fever) => temperature > rule.over && (!rule.unless_immunised || immunised === false);
  return (FEVERS[age] ?? []).filter(told).map((rule) => ({ level: rule.level, must: rule.must ?? false }));
}
