import { language, specialty } from "../words/format.ts";
import { answers } from "../words/matching.ts";
import { t } from "../words/words.ts";
import type { ClosedLine } from "./records.ts";

/** The lines in which all of `words` stand, in their order. */
export function filtered<L extends ClosedLine>(lines: readonly L[], words: string): readonly L[] {
  return lines.filter((line) => answers(textOf(line), words));
}

function textOf(line: ClosedLine): string {
  const words = [...line.specialties.map(specialty), ...line.languages.map(language)];
  return [line.title, t(`common.${line.acuity}`), ...line.specialties, ...words].join(" ");
}
