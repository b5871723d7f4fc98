/** What a presenter says of how a case turned out, as the form has it and as it goes on record. */
import { QUESTIONS, type Question } from "../room/fold/card.ts";
import type { Outcome, OutcomeGiven, Verdict } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import "../words/more/outcome.ts";

export type Option = "yet" | "unknown" | "yes" | "no" | "better" | "same" | "worse" | "died" | "words";

/** One answer. `words` count for the option of that name; they stay while another is tried. */
export interface Answer {
  readonly option: Option;
  readonly words: string;
}

export interface Answers {
  readonly verdict: Verdict;
  readonly how_known: string;
  readonly given: Readonly<Record<Question, Answer>>;
  /** Posts that an earlier outcome named. */
  readonly supports: readonly string[];
  readonly contradicts: readonly string[];
}

type Fields = Omit<Outcome, "t" | "id" | "room" | "not_identifying">;
type Value = string | boolean | undefined;

const STATES = ["better", "same", "worse", "died"] as const;
/** What can be said to each question, beside that it is not known. */
const SAID: Readonly<Record<Question, readonly Option[]>> = {
  diagnosis: ["words"],
  advice_used: ["yes", "no", "words"],
  state_24h: [...STATES, "words"],
  state_7d: [...STATES, "words"],
  harm: ["no", "words"],
};
const UNKNOWN = "unknown";
const NOT_YET: Answer = { option: "yet", words: "" };

/** All options of a question; that it is not known yet is where it begins. */
export function optionsOf(question: Question): readonly Option[] {
  return ["yet", ...SAID[question], "unknown"];
}

/** The answers of the last outcome, or none: the last one counts, so a new one says again what is still so. */
export function answersOf(before: OutcomeGiven | Outcome | null): Answers {
  const given = QUESTIONS.map((name) => [name, answerOf(name, before?.[name])] as const);
  return {
    verdict: before?.verdict ?? "unknown",
    how_known: before?.how_known ?? "",
    given: Object.fromEntries(given) as Record<Question, Answer>,
    supports: before?.supports ?? [],
    contradicts: before?.contradicts ?? [],
  };
}

/** The fields of the command. What is not known yet is left out. */
export function fieldsOf({ verdict, how_known, given, supports, contradicts }: Answers): Fields {
  const values = QUESTIONS.map((name) => [name, said(given[name])] as const);
  const known = given.diagnosis.option === "words" ? how_known.trim() : "";
  return {
    verdict,
    ...Object.fromEntries(values.filter(([, value]) => value !== undefined)),
    ...(known && { how_known: known }),
    supports,
    contradicts,
  };
}

/** The texts of a command that the rules are to look at, by field. */
export function textsOf(fields: Fields): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[0] !== "verdict" && isWords(entry[1])),
  );
}

/** An answer on record, as it is shown. */
export function shown(value: OutcomeGiven[Question]): string {
  if (value === undefined) return t("outcome.option_yet");
  if (value === UNKNOWN) return t("outcome.option_unknown");
  return typeof value === "boolean" ? t(value ? "outcome.option_yes" : "outcome.option_no") : value;
}

function answerOf(question: Question, value: Value): Answer {
  if (value === undefined) return NOT_YET;
  if (value === UNKNOWN) return { option: "unknown", words: "" };
  if (typeof value === "boolean") return { option: optionOf(question, value), words: "" };
  const state = STATES.find((one) => SAID[question].includes(one) && t(`outcome.option_${one}`) === value);
  return state ? { option: state, words: "" } : { option: "words", words: value };
}

/** Where a question has no yes of its own, its words are one. */
function optionOf(question: Question, value: boolean): Option {
  if (!value) return "no";
  return SAID[question].includes("yes") ? "yes" : "words";
}

function said({ option, words }: Answer): Value {
  switch (option) {
    case "yet":
      return undefined;
    case "unknown":
      return UNKNOWN;
    case "yes":
      return true;
    case "no":
      return false;
    case "words":
      return words.trim() || undefined;
    default:
      return t(`outcome.option_${option}`);
  }
}

/** Whether an answer is words of its author. */
export function isWords(value: unknown): value is string {
  return typeof value === "string" && value !== UNKNOWN;
}
