/** The figures as the server tells them, and as a chart wants them: a value for each month, or none. */
import type { Api } from "../http/api.ts";
import type { Acuity } from "../wire/frames.ts";

export const MEASURES = ["paged", "delivered", "seen", "accepted", "answered", "closed"] as const;
export type Measure = (typeof MEASURES)[number];
/** Acuities, or specialties, together. */
export const ALL = "*";

export interface Line {
  readonly measure: Measure;
  readonly month: string;
  readonly n: number;
  readonly median_ms: number;
  readonly p90_ms: number;
}

export interface Times {
  readonly from: string;
  readonly to: string;
  /** Of which there are figures. */
  readonly specialties: readonly string[];
  readonly times: readonly Line[];
}

/** What one looks at. */
export interface Choice {
  readonly acuity: Acuity | typeof ALL;
  readonly specialty: string;
}

/** A month, and what there is of it. */
export interface Month {
  readonly month: string;
  readonly line: Line | undefined;
}

/** The figures of the last twelve months. */
export function times(api: Pick<Api, "get">, { acuity, specialty }: Choice, signal: AbortSignal): Promise<Times> {
  return api.get<Times>(`/api/insights/times?${new URLSearchParams({ acuity, specialty })}`, { signal });
}

/** Every month from the first to the last that was asked for, with the line of `measure`. */
export function monthsOf({ from, to, times }: Times, measure: Measure): readonly Month[] {
  const lines = new Map(times.filter((line) => line.measure === measure).map((line) => [line.month, line]));
  return monthsFrom(from, to).map((month) => ({ month, line: lines.get(month) }));
}

/** The columns of a chart: the months by their number, medians and ninth deciles in ms. */
export function columnsOf(months: readonly Month[]): [number[], (number | null)[], (number | null)[]] {
  return [
    months.map((_, at) => at),
    months.map(({ line }) => line?.median_ms ?? null),
    months.map(({ line }) => line?.p90_ms ?? null),
  ];
}

/** How many cases there are in these months. */
export function countOf(months: readonly Month[]): number {
  return months.reduce((sum, { line }) => sum + (line?.n ?? 0), 0);
}

/** The months from one to another, both included: `2026-11`. */
export function monthsFrom(from: string, to: string): readonly string[] {
  const months = [];
  for (let at = numberOf(from); at <= numberOf(to); at += 1) months.push(monthOf(at));
  return months;
}

function numberOf(month: string): number {
  const [year = 0, of = 1] = month.split("-").map(Number);
  return 12 * year + of - 1;
}

function monthOf(at: number): string {
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
}
