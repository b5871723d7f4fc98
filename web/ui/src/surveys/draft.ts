/** A survey as it is written, what is to be mended in it, and what is sent of it. */

import type { GroupBy, SurveyWish } from "./asked.ts";

export const FEWEST_OPTIONS = 2;
export const MOST_OPTIONS = 12;
export const MOST_QUESTIONS = 20;
export const FEWEST_ANSWERS = 11;
const DAY_MS = 86_400_000;
const OPEN_DAYS = 14;
const MOST_DAYS = 365;

export interface QuestionDraft {
  readonly question: string;
  readonly options: readonly string[];
  readonly multiple: boolean;
}

/** `opens` and `closes` as a box of a form has them, by the clock here; `quotas` by group, as typed. */
export interface SurveyDraft {
  readonly title: string;
  readonly questions: readonly QuestionDraft[];
  readonly specialties: readonly string[];
  readonly countries: readonly string[];
  readonly group_by: GroupBy;
  readonly quotas: Readonly<Record<string, string>>;
  readonly opens: string;
  readonly closes: string;
}

export const QUESTION: QuestionDraft = {
  question: "",
  options: Array<string>(FEWEST_OPTIONS).fill(""),
  multiple: false,
};

/** An empty form, for a survey that begins now and is open for two weeks. */
export function emptyDraft(now: number): SurveyDraft {
  const whom = { specialties: [], countries: [], group_by: "specialty", quotas: {} } as const;
  return { title: "", questions: [QUESTION], ...whom, opens: boxOf(now), closes: boxOf(now + OPEN_DAYS * DAY_MS) };
}

/** The groups of which one may limit how many answer: those that are named. */
export function groupsOf({ group_by, specialties, countries }: SurveyDraft): readonly string[] {
  return group_by === "specialty" ? specialties : countries;
}

export type Wrong = "empty" | "few" | "same" | "time" | "past" | "long" | "quota";

/** What is to be mended, by place: `title`, `question.0`, `options.0`, `closes`, `opens`, `quota.cardiology`. */
export function wrongsOf(draft: SurveyDraft, now: number): ReadonlyMap<string, Wrong> {
  const found: [string, Wrong | undefined][] = [
    ["title", draft.title.trim() ? undefined : "empty"],
    ...draft.questions.flatMap((one, n): [string, Wrong | undefined][] => [
      [`question.${n}`, one.question.trim() ? undefined : "empty"],
      [`options.${n}`, wrongOptions(filled(one.options))],
    ]),
    ...groupsOf(draft).map((group): [string, Wrong | undefined] => [
      `quota.${group}`,
      wrongQuota(draft.quotas[group] ?? ""),
    ]),
    ["opens", Number.isNaN(timeIn(draft.opens)) ? "time" : undefined],
    ["closes", wrongEnd(timeIn(draft.opens), timeIn(draft.closes), now)],
  ];
  return new Map(found.filter((one): one is [string, Wrong] => one[1] !== undefined));
}

/** What is sent of a draft in which nothing is wrong. */
export function wishOf(draft: SurveyDraft): SurveyWish {
  const { title, specialties, countries, group_by } = draft;
  const quotas = groupsOf(draft).flatMap((group) => {
    const typed = (draft.quotas[group] ?? "").trim();
    return typed ? [[group, Number(typed)] as const] : [];
  });
  return {
    title: title.trim(),
    questions: draft.questions.map(({ question, options, multiple }) => ({
      question: question.trim(),
      options: filled(options),
      multiple,
    })),
    ...{ specialties, countries, group_by },
    quotas: Object.fromEntries(quotas),
    opens_at: timeIn(draft.opens),
    closes_at: timeIn(draft.closes),
  };
}

/** `questions` with parts of one of them changed. */
export function withQuestion(
  questions: readonly QuestionDraft[],
  place: number,
  part: Partial<QuestionDraft>,
): readonly QuestionDraft[] {
  return questions.map((one, n) => (n === place ? { ...one, ...part } : one));
}

/** The time of Unix ms as a box for it has it, to the minute, by the clock here. */
export function boxOf(at: number): string {
  const here = at - 60_000 * new Date(at).getTimezoneOffset();
  return new Date(here).toISOString().slice(0, 16);
}

function timeIn(box: string): number {
  return new Date(box).getTime();
}

function filled(options: readonly string[]): readonly string[] {
  return options.map((option) => option.trim()).filter(Boolean);
}

function wrongOptions(options: readonly string[]): Wrong | undefined {
  if (options.length < FEWEST_OPTIONS) return "few";
  return new Set(options.map((option) => option.toLowerCase())).size < options.length ? "same" : undefined;
}

function wrongQuota(typed: string): Wrong | undefined {
  const count = typed.trim();
  return count === "" || (/^\d{1,6}$/.test(count) && Number(count) >= FEWEST_ANSWERS) ? undefined : "quota";
}

function wrongEnd(opens: number, closes: number, now: number): Wrong | undefined {
  if (Number.isNaN(closes)) return "time";
  if (closes <= now || closes <= opens) return "past";
  return closes - opens > MOST_DAYS * DAY_MS ? "long" : undefined;
}
