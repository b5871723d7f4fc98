/** Bias watch as the server tells it: of cases that were closed within some months. */
import type { Api } from "../http/api.ts";

/** How unevenly things are spread over those who have any. Shares are of 1. */
export interface Concentration {
  readonly holders: number;
  readonly total: number;
  readonly gini: number;
  readonly top: string;
  readonly top_share: number;
}

export const SIDES = ["for", "against", "both", "neither", "unnamed"] as const;
export type Stances = Readonly<Record<(typeof SIDES)[number], number>>;

export interface Payer {
  readonly payer: string;
  readonly awards: number;
  readonly void: number;
  readonly declined: number;
  readonly by_name: number;
  readonly blind: number;
  readonly cases: number;
  readonly authors: Concentration;
  readonly stances: Stances;
}

export interface Product {
  readonly payer: string;
  readonly product: string;
  readonly of: string;
  readonly awards: number;
  readonly stances: Stances;
}

export interface Author {
  readonly author: string;
  readonly awards: number;
  readonly cases: number;
  readonly payers: Concentration;
}

export interface Observer {
  readonly observer: string;
  readonly institution: string;
  readonly cases: number;
  readonly stretches: number;
  readonly exports: number;
  readonly seconds: number;
  readonly awards: number;
  readonly awarded_cases: number;
  readonly unread: number;
}

/** Null where nobody compares with anybody. */
export interface Comparison {
  readonly awarded: number;
  readonly awarded_for: number;
  readonly others: number;
  readonly others_for: number;
  readonly alone: number;
  readonly difference: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly p: number | null;
}

export interface Line {
  readonly name: string;
  readonly comparison: Comparison;
}

export interface Test {
  readonly way: "identified" | "blind";
  readonly all: Comparison;
  readonly payers: readonly Line[];
  readonly specialties: readonly Line[];
}

export interface Alarm {
  readonly kind: "many" | "one_payer" | "one_author" | "own_products" | "history";
  readonly about: string;
  readonly value: number | null;
  readonly bound: number;
  readonly n: number;
  readonly least: number;
  readonly raised: boolean;
}

export interface Report {
  readonly period: Period;
  readonly awards: number;
  readonly void: number;
  readonly by_payer: Concentration;
  readonly by_author: Concentration;
  readonly stances: Stances;
  readonly payers: readonly Payer[];
  readonly products: readonly Product[];
  readonly authors: readonly Author[];
  readonly observers: readonly Observer[];
  readonly history: readonly Test[];
  readonly alarms: readonly Alarm[];
  readonly names: Readonly<Record<string, string>>;
  readonly specialties: Readonly<Record<string, string>>;
  /** How long the lists are of which the first hundred are here. */
  readonly totals: Readonly<Record<"products" | "authors" | "observers", number>>;
}

/** Months, both included, as `2026-11`. */
export interface Period {
  readonly first: string;
  readonly last: string;
}

export type Sheet = "payers" | "products" | "authors" | "observers" | "history";

export const SPANS = [3, 12, 24, 36] as const;
export type Span = (typeof SPANS)[number];

/** Reading the log of years takes a while. */
const WITHIN_MS = 120_000;

/** So many months, the last of them that of `now` (Unix ms) in UTC. */
export function lastMonths(months: number, now: number): Period {
  const date = new Date(now);
  const last = 12 * date.getUTCFullYear() + date.getUTCMonth();
  return { first: monthOf(last - months + 1), last: monthOf(last) };
}

/** Where the report of these months is, or one of its tables as a file. */
export function pathOf({ first, last }: Period, sheet?: Sheet): string {
  const at = sheet ? `/${sheet}.csv` : "";
  return `/api/moderation/bias-watch${at}?${new URLSearchParams({ from: first, to: last })}`;
}

export function report(api: Pick<Api, "get">, period: Period, signal: AbortSignal): Promise<Report> {
  return api.get<Report>(pathOf(period), { signal, within_ms: WITHIN_MS });
}

/** How far an alarm is: there is too little to tell anything, it is within its bound, or beyond. */
export function stateOf({ n, least, raised, value }: Alarm): "few" | "within" | "raised" {
  if (raised) return "raised";
  return n < least || value === null ? "few" : "within";
}

function monthOf(at: number): string {
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
}
