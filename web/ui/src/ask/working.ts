/** What follows from what was measured and answered: the vital signs as they are sent, and the triage that fits them. */
import * as esi from "../triage/esi.ts";
import * as news2 from "../triage/news2.ts";
import { suggested, type Triage } from "../triage/suggestions.ts";
import type { Wrong } from "../vitals/checks.ts";
import { byName } from "../vitals/conversion.ts";
import { readIn } from "../vitals/typed.ts";
import type { Acuity, News2, Vital } from "../wire/frames.ts";
import type { OpenCase } from "../wire/opening.ts";
import type { Findings, System } from "./findings.ts";

const WEEK_MS = 7 * 86_400_000;

/** `missing`: what the chosen triage still needs. `level`: all that ESI leaves to choose from. */
export interface Worked {
  readonly vitals: readonly Vital[];
  readonly wrong: ReadonlyMap<string, Wrong>;
  readonly triage: Triage | null;
  readonly missing: readonly string[];
  readonly level: esi.Level | null;
  readonly acuity: Acuity | null;
}

export function worked(findings: Findings, ageBand: string): Worked {
  const { vitals, wrong } = readIn(findings.vitals);
  const values = byName(vitals);
  const answers = answersOf(findings, ageBand);
  const level = esi.level(values, answers);
  const triage = triageOf(findings, ageBand, values, level);
  return {
    vitals,
    wrong,
    triage,
    missing: missing(findings, values, answers),
    level,
    acuity: triage && suggested(triage),
  };
}

/** The parts of a case that come from findings and from what there is, as they are sent. */
export function measured(findings: Findings, ageBand: string, now: number): Partial<OpenCase> {
  const { vitals, triage } = worked(findings, ageBand);
  const at = findings.at === null ? now : Math.max(findings.at, now - WEEK_MS);
  return { ...(vitals.length > 0 ? { vitals, vitals_at: at } : {}), ...(triage ? { triage: claimed(triage) } : {}) };
}

/** The age of which ESI asks, where the band leaves no doubt. */
export function ageOf(band: string): esi.Age | null {
  return AGES[band] ?? null;
}

const AGES: Readonly<Record<string, esi.Age>> = {
  "<1 month": "0-28d",
  "10-14": "over_8y",
  "15-17": "over_8y",
  "18-39": "over_8y",
  "40-64": "over_8y",
  "65-89": "over_8y",
  "90+": "over_8y",
};

function answersOf(findings: Findings, ageBand: string): esi.Answers {
  const { life_saving, high_risk, confused, severe_pain, resources, immunised } = findings;
  const age = findings.age ?? ageOf(ageBand);
  return { life_saving, high_risk, confused, severe_pain, ...given({ resources, age, immunised }) };
}

type Values = Readonly<Record<string, number>>;

function missing(findings: Findings, values: Values, answers: esi.Answers): readonly string[] {
  const all: Readonly<Record<System, () => readonly string[]>> = {
    NEWS2: () => news2.missing(values, observed(findings)),
    ESI: () => esi.missing(values, answers),
    MTS: () => [],
  };
  return all[findings.system]();
}

function triageOf(findings: Findings, ageBand: string, values: Values, level: esi.Level | null): Triage | null {
  const all: Readonly<Record<System, () => Triage | null>> = {
    NEWS2: () => scored(findings, ageBand, values),
    ESI: () => level && levelled(findings, ageBand, level),
    MTS: () => findings.colour && { system: "MTS", value: findings.colour },
  };
  return all[findings.system]();
}

function scored(findings: Findings, ageBand: string, values: Values): News2 | null {
  const { scale, pregnant, consciousness } = findings;
  const score = news2.applies(ageBand, pregnant) ? news2.score(values, observed(findings)) : null;
  if (!score || !consciousness) return null;
  return {
    system: "NEWS2",
    value: score.value,
    band: score.band,
    on_oxygen: findings.on_oxygen === true,
    consciousness,
    scale,
  };
}

function levelled(findings: Findings, ageBand: string, { value, allowed }: esi.Level): Triage {
  const settled = findings.level !== null && allowed.includes(findings.level) ? findings.level : value;
  return { system: "ESI", value: settled, ...answersOf(findings, ageBand) };
}

function observed({ on_oxygen, consciousness, scale }: Findings): news2.Observed {
  return { ...given({ on_oxygen, consciousness }), scale };
}

/** What the server says of a triage is not claimed. */
function claimed(triage: Triage): Triage {
  if (triage.system !== "NEWS2") return triage;
  const { band: _, ...claim } = triage;
  return claim;
}

function given<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const some = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(some) as { [K in keyof T]?: NonNullable<T[K]> };
}
