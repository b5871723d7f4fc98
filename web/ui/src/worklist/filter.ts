/** Which lines of the worklist one wants to see; kept until the tab is closed. */
import { signal } from "@preact/signals";
import { language, specialty } from "../words/format.ts";
import { answers } from "../words/matching.ts";
import { t } from "../words/words.ts";
import type { Line } from "./store.ts";

/** `mine`: only those that want one's own specialty. */
export interface Filter {
  readonly words: string;
  readonly mine: boolean;
}

const KEY = "curbside.worklist.filter";
export const ALL: Filter = { words: "", mine: false };
export const filter = signal<Filter>(kept());

/** Show these from now on. */
export function choose(chosen: Filter): void {
  filter.value = chosen;
  try {
    sessionStorage.setItem(KEY, JSON.stringify(chosen));
  } catch {
    // Without storage the choice lasts for this page.
  }
}

/** The lines that `wanted` lets through, in their order. `own` is the reader's specialty. */
export function filtered(lines: readonly Line[], wanted: Filter, own: string): readonly Line[] {
  return lines.filter(
    (line) => (!wanted.mine || line.specialties.includes(own)) && answers(textOf(line), wanted.words),
  );
}

function textOf(line: Line): string {
  const words = [...line.specialties.map(specialty), ...line.languages.map(language)];
  return [line.title, t(`common.${line.acuity}`), ...line.specialties, ...words].join(" ");
}

function kept(): Filter {
  try {
    return { ...ALL, ...(JSON.parse(sessionStorage.getItem(KEY) ?? "{}") as Partial<Filter>) };
  } catch {
    return ALL;
  }
}
