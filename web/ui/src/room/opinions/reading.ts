/** What a reader is told of opinions: whether they may read them, what all think together, and what each thinks. */

import { t } from "../../words/words.ts";
import { type Held, heldIn, type Opinions } from "../fold/opinions.ts";
import { type Pool, pool, UNKNOWN, type Voice } from "./pooling.ts";
import "../../words/more/opinions.ts";

/** Whether `person` may read the others': all may, or they have given theirs. */
export function mayRead({ opened, people }: Opinions, person: string): boolean {
  return opened !== null || people.has(person);
}

/** What all thought who said it before all could read it, as far as it was told, each by their weight. */
export function pooledIn(opinions: Opinions): Pool {
  return pool(heldIn(opinions).flatMap(voicesOf));
}

function voicesOf({ counted, weight }: Held): readonly Voice[] {
  return counted?.length ? [{ differential: counted, weight: weight ?? UNKNOWN }] : [];
}

/** Whose opinion was told, in the order in which they said it last. */
export function readable(opinions: Opinions): readonly Held[] {
  return heldIn(opinions).filter(({ differential }) => differential !== null);
}

/** The likeliest in one line. */
export function lineOf(opinions: Opinions): string {
  const [first] = pooledIn(opinions).diagnoses;
  if (!first) return t("opinions.blind", { count: opinions.given });
  return t("opinions.line", { dx: first.dx, percent: percentOf(first.probability) });
}

export function percentOf(probability: number): number {
  return Math.round(probability * 100);
}
