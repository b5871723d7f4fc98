/** Levels of evidence, by the server's own file: realtime/rooms/evidence/levels.py. */
import file from "../../../../../realtime/rooms/evidence/levels.json";
import type { Evidence } from "../../wire/frames.ts";
import { known, t } from "../../words/words.ts";
import "../../words/more/evidence.ts";

export const CEBM = "CEBM 2011";
/** The types of question, the most frequent first. */
export const QUESTIONS: readonly string[] = Object.keys(file.questions);

const LEVELS: Readonly<Record<string, Readonly<Record<string, string>>>> = file.questions;
const AT_BEST: ReadonlySet<string> = new Set(file.schemes[CEBM].experience);

/** What each level of a type of question is, in words; of one's own experience those that it can have. */
export function levelsOf(question: string, type: Evidence["type"]): readonly (readonly [string, string])[] {
  const levels = Object.keys(LEVELS[question] ?? {}).filter((level) => type !== "experience" || AT_BEST.has(level));
  return levels.map((level) => [level, levelWords({ type, ref: "", level, question_type: question }) ?? ""]);
}

/** What a level is, in the words of its scheme; undefined where none are known. */
export function levelWords({ level, scheme, question_type }: Evidence): string | undefined {
  if (!level || (scheme && scheme !== CEBM)) return undefined;
  const word = `evidence.is_${question_type}_${level}`;
  return known(word) ? t(word) : undefined;
}

/** The row about another type of question: its level stands where there is such a one. */
export function about(row: Evidence, question: string): Evidence {
  const { level: _level, question_type: _type, ...rest } = row;
  if (question === "") return rest;
  const stays = row.level && levelsOf(question, row.type).some(([level]) => level === row.level);
  return { ...rest, question_type: question, ...(stays ? { level: row.level } : {}) };
}

/** The row with a level of CEBM 2011, or with none. */
export function graded(row: Evidence, level: string): Evidence {
  const { level: _level, scheme: _scheme, ...rest } = row;
  return level === "" ? rest : { ...rest, level, scheme: CEBM };
}
