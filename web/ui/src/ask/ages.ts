import "../words/more/ask.ts";
import { t, type Word } from "../words/words.ts";

const NAMED: Readonly<Record<string, Word>> = {
  "<1 month": "ask.age_newborn",
  "1-11 months": "ask.age_infant",
  "90+": "ask.age_open",
};

/** What an age band is called: "40–64 years". */
export function ageOf(band: string): string {
  const word = NAMED[band];
  return word ? t(word) : t("ask.age_years", { band: band.replace("-", "–") });
}
