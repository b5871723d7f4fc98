import { known, t } from "../words/words.ts";
import "../words/more/interests.ts";

/** What a payer is, in words. */
export function kindIn(code: string): string {
  const word = `interests.kind_${code}`;
  return known(word) ? t(word) : code;
}

/** How much was paid, in words. */
export function bandIn(code: string): string {
  const word = `interests.band_${code}`;
  return known(word) ? t(word) : code;
}
