import { intl } from "../words/locale.ts";
import { known, t } from "../words/words.ts";
import "../words/more/natures.ts";

/** What an interest is of, in words; the code itself where a newer server sends one. */
export function natureIn(code: string): string {
  const word = `natures.${code}`;
  return known(word) ? t(word) : code;
}

const dollars = new Intl.NumberFormat(intl, { style: "currency", currency: "USD" });

/** US cents as dollars. */
export function dollarsOf(cents: number): string {
  return dollars.format(cents / 100);
}
