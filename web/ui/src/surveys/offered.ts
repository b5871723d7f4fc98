import { useEffect, useState } from "preact/hooks";
import type { Api } from "../http/api.ts";
import type { Me } from "../wire/frames.ts";

export interface SurveyQuestion {
  readonly question: string;
  readonly options: readonly string[];
  readonly multiple?: boolean;
}

/** For each question in order the places of the options that were chosen. */
export type Answers = readonly (readonly number[])[];

/** A survey that asks this person. `by`: the institution that wants to know, null where moderators do. */
export interface OfferedSurvey {
  readonly id: string;
  readonly title: string;
  readonly by: string | null;
  readonly closes_at: number;
  readonly questions: readonly SurveyQuestion[];
  readonly answers: Answers | null;
}

/** So many people, and for each question how many of them chose each option. */
export interface Told {
  readonly group: string;
  readonly people: number;
  readonly counts: readonly (readonly number[])[];
}

/** What may be told of the answers; `all` is null where that is nothing. */
export interface Results {
  readonly groups: readonly Told[];
  readonly all: Told | null;
}

const VERIFIED_TIER = 2;

/** The surveys that ask `me`, and how to ask for them anew. What does not come leaves the worklist as it is. */
export function useOffered(api: Pick<Api, "get">, me: Me): readonly [readonly OfferedSurvey[], () => void] {
  const [surveys, setSurveys] = useState<readonly OfferedSurvey[]>([]);
  const [times, setTimes] = useState(0);
  const asked = me.role === "physician" && me.tier >= VERIFIED_TIER;
  useEffect(() => {
    if (!asked) return;
    const giveUp = new AbortController();
    api.get<{ surveys: readonly OfferedSurvey[] }>("/api/surveys/offered", { signal: giveUp.signal }).then(
      (found) => setSurveys(found.surveys),
      () => {},
    );
    return () => giveUp.abort();
  }, [api, asked, times]);
  return [asked ? surveys : [], () => setTimes((before) => before + 1)];
}

/** What stands in the form at first: what was answered, or nothing. */
export function begun({ questions, answers }: OfferedSurvey): Answers {
  return answers ?? questions.map(() => []);
}

/** `answers` with an option of one question chosen, or where several may be, chosen no longer. */
export function chosen(answers: Answers, place: number, option: number, multiple: boolean): Answers {
  return answers.map((choices, n) => {
    if (n !== place) return choices;
    if (!multiple) return [option];
    return choices.includes(option) ? choices.filter((one) => one !== option) : [...choices, option].sort(byPlace);
  });
}

/** Whether every question has an answer. */
export function isWhole(answers: Answers): boolean {
  return answers.every((choices) => choices.length > 0);
}

function byPlace(one: number, other: number): number {
  return one - other;
}
