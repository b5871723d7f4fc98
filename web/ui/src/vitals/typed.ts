/** Vital signs while they are typed. */
import type { Vital } from "../wire/frames.ts";
import { type Wrong, wrongIn } from "./checks.ts";

/** A value as it was typed, and its unit (UCUM). */
export interface Typed {
  readonly text: string;
  readonly unit: string;
}

export type AllTyped = Readonly<Record<string, Typed>>;

/** What can be read of what was typed, and what is wrong with the rest. */
export function readIn(typed: AllTyped): { vitals: readonly Vital[]; wrong: ReadonlyMap<string, Wrong> } {
  const all = Object.entries(typed).filter(([, { text }]) => text.trim() !== "");
  const given = all.map(([name, { text, unit }]) => ({ name, value: Number(text.trim().replace(",", ".")), unit }));
  const wrong = new Map(given.flatMap((vital): [string, Wrong][] => pair(vital.name, wrongIn(vital))));
  return { vitals: given.filter(({ name }) => !wrong.has(name)), wrong };
}

function pair(name: string, wrong: Wrong | null): [string, Wrong][] {
  return wrong === null ? [] : [[name, wrong]];
}
