/** The figures as the server tells them: lines of a month each, of what one wants to look at. */
import type { Api } from "../http/api.ts";
import type { Acuity } from "../wire/frames.ts";

export const MEASURES = ["paged", "delivered", "seen", "accepted", "answered", "closed"] as const;
export type Measure = (typeof MEASURES)[number];
export const THIRDS = ["least", "middle", "most"] as const;
export type Third = (typeof THIRDS)[number];
export const KINDS = ["times", "tallies", "thirds"] as const;
export type Kind = (typeof KINDS)[number];
/** Acuities, specialties or countries, together. */
export const ALL = "*";

/** How long cases of a month waited. */
export interface Line {
  readonly measure: Measure;
  readonly month: string;
  readonly n: number;
  readonly median_ms: number;
  readonly p90_ms: number;
}

/** Of `n` things in so many cases `hits` were so; `sum` is what they come to in thousandths. */
export interface Tally {
  readonly measure: string;
  readonly month: string;
  readonly cases: number;
  readonly n: number;
  readonly hits: number;
  readonly sum: number;
}

/** What physicians did who were asked least, or most; `brier` in thousandths. */
export interface ThirdLine {
  readonly third: Third;
  readonly month: string;
  readonly people: number;
  readonly cases: number;
  readonly asked: number;
  readonly answered: number;
  readonly opinions: number;
  readonly hits: number;
  readonly brier: number;
}

interface Months {
  readonly from: string;
  readonly to: string;
  /** Of which there are figures. */
  readonly specialties: readonly string[];
  readonly countries: readonly string[];
  /** As which files they may be had. */
  readonly files: readonly string[];
}

export interface Told {
  readonly times: Months & { readonly times: readonly Line[] };
  readonly tallies: Months & { readonly tallies: readonly Tally[] };
  readonly thirds: Months & { readonly thirds: readonly ThirdLine[] };
}

/** What one looks at. */
export interface Choice {
  readonly acuity: Acuity | typeof ALL;
  readonly specialty: string;
  readonly country: string;
}

/** All figures of the last twelve months. */
export async function told(api: Pick<Api, "get">, choice: Choice, signal: AbortSignal): Promise<Told> {
  const [times, tallies, thirds] = await Promise.all([
    api.get<Told["times"]>(addressOf("times", choice), { signal }),
    api.get<Told["tallies"]>(addressOf("tallies", choice), { signal }),
    api.get<Told["thirds"]>(addressOf("thirds", choice), { signal }),
  ]);
  return { times, tallies, thirds };
}

/** Where figures of one kind are; `file`: as such a file. */
export function addressOf(kind: Kind, { acuity, specialty, country }: Choice, file?: string): string {
  const query = new URLSearchParams({ acuity, specialty, country });
  return `/api/insights/${kind}${file ? `.${file}` : ""}?${query}`;
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
