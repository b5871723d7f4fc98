/** Whether a text gives a dose or a drug, by the server's own file: realtime/rooms/evidence/claims.py. */
import file from "../../../../../realtime/rooms/evidence/claims.json";
import { mentioned } from "../../drugs/inn.ts";
import type { PostKind } from "../fold/post.ts";

export type Claim = "dose" | "drug";

const MACROS: readonly (readonly [string, string])[] = Object.entries(file.macros).reverse();
const STRONG = compiled(file.strong);
const WEAK = compiled(file.weak);
const GIVING = compiled(file.giving);
const DIRECTING = compiled(file.directing);
const REPORTING = compiled(file.reporting);
const MEASURED = compiled(file.measured);
const NAMED_ONLY = new RegExp(`^${file.named_only}`);
const CLAUSES = compiled(file.clauses);
const MEASURED_TOO: ReadonlySet<string> = new Set(file.measured_too);

/** What a post of this kind claims: a dose, or else a drug. A question claims nothing. */
export function claimIn(text: string, kind: PostKind): Claim | null {
  if (kind === "question") return null;
  const claims = text
    .toLowerCase()
    .split(CLAUSES)
    .map((clause) => claimOf(clause, kind));
  return claims.includes("dose") ? "dose" : claims.includes("drug") ? "drug" : null;
}

function claimOf(clause: string, kind: PostKind): Claim | null {
  if (clause.search(REPORTING) >= 0 && clause.search(DIRECTING) < 0) return null;
  const giving = places(GIVING, clause);
  const drugs = drugsIn(clause, giving.length > 0);
  const told = [...giving, ...drugs];
  const measured = places(MEASURED, clause);
  const doses = [...places(STRONG, clause), ...(told.length > 0 ? places(WEAK, clause) : [])];
  // A number is of what was named last before it: something that is given, or something that was measured.
  if (doses.some((at) => lastOf(told, at) >= lastOf(measured, at))) return "dose";
  return drugs.length > 0 && (giving.length > 0 || kind === "recommendation") ? "drug" : null;
}

/** Where drugs are named that are not only measured, or named for what they do to people. */
function drugsIn(clause: string, given: boolean): number[] {
  return mentioned(clause)
    .filter(({ to, inn }) => !NAMED_ONLY.test(clause.slice(to)) && (given || !MEASURED_TOO.has(inn)))
    .map(({ from }) => from);
}

/** The last of `places` before `at`; -1 where there is none. */
function lastOf(places: readonly number[], at: number): number {
  return places.reduce((last, place) => (place < at && place > last ? place : last), -1);
}

function places(pattern: RegExp, text: string): number[] {
  return [...text.matchAll(pattern)].map((match) => match.index);
}

function compiled(pattern: string): RegExp {
  return new RegExp(
    MACROS.reduce((text, [name, meaning]) => text.replaceAll(`{${name}}`, meaning), pattern),
    "g",
  );
}
