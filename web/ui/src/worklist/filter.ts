/** Which lines of the worklist one wants to see. Words last until the tab is closed, the rest is kept on this device. */
import { signal } from "@preact/signals";
import { language, list, specialty } from "../words/format.ts";
import { answers } from "../words/matching.ts";
import { t } from "../words/words.ts";
import type { Wish } from "./lines.ts";
import type { Line } from "./store.ts";

/** Cases that want one of `specialties`, in one of `languages`; all where none is named. */
export interface Filter {
  readonly words: string;
  readonly specialties: readonly string[];
  readonly languages: readonly string[];
}

const KEY = "curbside.worklist.filter";
export const ALL: Filter = { words: "", specialties: [], languages: [] };
export const filter = signal<Filter>(ALL);
let owner = "";

/** The filter is this person's from now on: another one at this device must not miss cases by it. */
export function recall(person: string): void {
  if (owner === person) return;
  owner = person;
  filter.value = { ...ALL, ...kept(() => localStorage), ...kept(() => sessionStorage) };
}

/** Show these from now on. */
export function choose(chosen: Filter): void {
  filter.value = chosen;
  const { words, ...wish } = chosen;
  keep(() => sessionStorage, { words });
  keep(() => localStorage, wish);
}

/** What the server is to tell of. */
export function wishOf({ specialties, languages }: Filter): Wish {
  return { specialties, languages };
}

/** Whether one sees only some of what there is to see. */
export function narrows({ specialties, languages }: Filter): boolean {
  return specialties.length + languages.length > 0;
}

/** What one has chosen, in words. */
export function namesOf({ specialties, languages }: Filter): string {
  return list([...specialties.map(specialty), ...languages.map(language)]);
}

/** `filter` with a specialty, or without it. */
export function withSpecialty(chosen: Filter, one: string, on: boolean): Filter {
  const others = chosen.specialties.filter((other) => other !== one);
  return { ...chosen, specialties: on ? [...others, one] : others };
}

/** The lines that have the words, in their order. */
export function filtered(lines: readonly Line[], { words }: Filter): readonly Line[] {
  return lines.filter((line) => answers(textOf(line), words));
}

/** Forget what `person` chose on this device: they sign out. */
export function forgetFilter(person: string): void {
  for (const shelf of [() => localStorage, () => sessionStorage]) {
    try {
      shelf().removeItem(`${KEY}/${person}`);
    } catch {
      // Nothing was kept.
    }
  }
  if (owner === person) owner = "";
}

function textOf(line: Line): string {
  const words = [...line.specialties.map(specialty), ...line.languages.map(language)];
  return [line.title, t(`common.${line.acuity}`), ...line.specialties, ...words].join(" ");
}

function keep(shelf: () => Storage, what: object): void {
  try {
    shelf().setItem(`${KEY}/${owner}`, JSON.stringify(what));
  } catch {
    // Without storage the choice lasts for this page.
  }
}

function kept(shelf: () => Storage): Partial<Filter> {
  try {
    return JSON.parse(shelf().getItem(`${KEY}/${owner}`) ?? "{}");
  } catch {
    return {};
  }
}
