/** What many think it is, made one: the twin of realtime/rooms/opinions/pooling.py, where it stands why it is done so. */

import type { Diagnosis } from "../../wire/frames.ts";

const SUREST = 0.99;
const DIGITS = 1000;
/** What an opinion weighs of whose author too little is known: as much as that of somebody like their peers. */
export const UNKNOWN = 1;

/** One person's differential, and its weight beside the others'. */
export interface Voice {
  readonly differential: readonly Diagnosis[];
  readonly weight?: number;
}

/** A diagnosis in the words of who named it first. `named`: so many did, and found it `low` to `high` likely. */
export interface Pooled {
  readonly dx: string;
  readonly code?: string | undefined;
  readonly probability: number;
  readonly named: number;
  readonly low: number;
  readonly high: number;
}

/** The likeliest first. `of`: so many differentials were pooled. */
export interface Pool {
  readonly of: number;
  readonly diagnoses: readonly Pooled[];
  readonly something_else: number;
}

/** What these think together, rounded to three places; nothing of none. */
export function pool(voices: readonly Voice[]): Pool {
  const named = new Map<string, Diagnosis>();
  for (const one of voices.flatMap(({ differential }) => differential)) {
    if (!named.has(keyOf(one))) named.set(keyOf(one), one);
  }
  if (named.size === 0) return { of: voices.length, diagnoses: [], something_else: 0 };
  const shares = voices.map(({ differential }) => sharesOf(differential, named));
  const odds = new Map([...named.keys(), ""].map((key) => [key, pooled(shares, key, voices)]));
  const whole = [...odds.values()].reduce((sum, one) => sum + one, 0);
  const part = (key: string) => rounded((odds.get(key) ?? 0) / whole);
  const diagnoses = [...named].map(([key, one]) => diagnosisOf(one, part(key), voices));
  return {
    of: voices.length,
    diagnoses: diagnoses.sort((one, other) => other.probability - one.probability),
    something_else: part(""),
  };
}

/** What two have in common that are the same: the code, or the words, whatever their case and spaces. */
export function keyOf({ dx, code }: Pick<Diagnosis, "dx" | "code">): string {
  return code || dx.toLowerCase().trim().split(/\s+/u).join(" ");
}

/** How likely one person finds each of what is named by anybody, and under "" something else. */
function sharesOf(differential: readonly Diagnosis[], named: ReadonlyMap<string, Diagnosis>): Map<string, number> {
  const given = new Map(differential.map((one) => [keyOf(one), one.probability]));
  const sum = [...given.values()].reduce((all, one) => all + one, 0);
  const share = Math.max(0, 1 - sum) / (named.size - given.size + 1);
  return new Map([...named.keys(), ""].map((key) => [key, given.get(key) ?? share]));
}

/** The probability whose log-odds are the weighted mean of those of all shares in `key`. */
function pooled(shares: readonly ReadonlyMap<string, number>[], key: string, voices: readonly Voice[]): number {
  let [sum, weights] = [0, 0];
  for (const [n, share] of shares.entries()) {
    const weight = voices[n]?.weight ?? UNKNOWN;
    const sure = Math.min(SUREST, Math.max(1 - SUREST, share.get(key) ?? 0));
    sum += weight * Math.log(sure / (1 - sure));
    weights += weight;
  }
  return 1 / (1 + Math.exp(-sum / weights));
}

function diagnosisOf(one: Diagnosis, probability: number, voices: readonly Voice[]): Pooled {
  const all = voices.flatMap(({ differential }) => differential).filter((other) => keyOf(other) === keyOf(one));
  const said = all.map((other) => other.probability);
  return {
    dx: one.dx,
    code: one.code ?? undefined,
    probability,
    named: said.length,
    low: Math.min(...said),
    high: Math.max(...said),
  };
}

function rounded(value: number): number {
  return Math.round(value * DIGITS) / DIGITS;
}
