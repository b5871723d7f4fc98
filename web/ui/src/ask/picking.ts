/** What a picker offers for what is typed. */
import { answers, folded } from "../words/matching.ts";

export interface Option {
  readonly value: string;
  readonly label: string;
  /** Other words by which it is found: ENT, PICU. */
  readonly also?: string | undefined;
}

/** The options that answer to `typed` and are not chosen; those whose name begins with it come first, short ones before long. */
export function offered(options: readonly Option[], typed: string, chosen: readonly string[]): readonly Option[] {
  const left = options.filter(
    ({ value, label, also }) => !chosen.includes(value) && answers(`${label} ${also ?? ""}`, typed),
  );
  const begins = folded(typed.trim());
  const first = left.filter(({ label }) => begins && folded(label).startsWith(begins)).sort(byLength);
  return [...first, ...left.filter((option) => !first.includes(option))];
}

function byLength(one: Option, other: Option): number {
  return one.label.length - other.label.length;
}

/** What is typed as an option of its own, named as the others are; null where it is one of them, or nothing. */
export function ownOption(options: readonly Option[], typed: string, chosen: readonly string[]): Option | null {
  const label = typed.trim().replace(/\s+/g, " ");
  const value = [...label.toLowerCase().replaceAll(" ", "_")].slice(0, MOST_CHARACTERS).join("");
  const known = options.some((option) => option.value === value || folded(option.label) === folded(label));
  return value === "" || known || chosen.includes(value) ? null : { value, label };
}

const MOST_CHARACTERS = 64;
