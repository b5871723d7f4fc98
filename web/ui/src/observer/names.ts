import { intl } from "../words/locale.ts";
import { known, t } from "../words/words.ts";
import "../words/more/people.ts";

const days = new Intl.DateTimeFormat(intl, { dateStyle: "medium" });

/** The day of a time, Unix ms. */
export function day(at: number): string {
  return days.format(at);
}

/** What a kind of institution is called. */
export function kindOf(kind: string): string {
  const word = `people.kind_${kind}`;
  return known(word) ? t(word) : kind.replaceAll("_", " ");
}
