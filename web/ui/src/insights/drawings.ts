/** The drawings of the figures: which curves, of what, over which months. */
import type { Bin } from "../credibility/record.ts";
import { t } from "../words/words.ts";
import { countsOf, curvesOf, type Drawing, share, total } from "./drawing.ts";
import { decimal, duration, percent } from "./durations.ts";
import { type Measure, monthsFrom, type Tally, THIRDS, type ThirdLine, type Told } from "./told.ts";
import "../words/more/insights.ts";

const THOUSAND = 1_000;
const BINS = 10;

export type Share = "corroborated" | "disputed" | "leading" | "first_three";

/** How long cases waited: median and ninth decile. */
export function waiting({ from, to, times }: Told["times"], measure: Measure): Drawing {
  const months = monthsFrom(from, to);
  const lines = times.filter((line) => line.measure === measure);
  const curves = curvesOf(months, [
    { says: t("insights.median"), lines, value: ({ median_ms }) => median_ms },
    { says: t("insights.p90"), lines, value: ({ p90_ms }) => p90_ms },
  ]);
  return { months, curves, counts: countsOf(months, lines, ({ n }) => n), write: duration };
}

/** How much of something was so, by one measure and by another. */
export function shares(told: Told["tallies"], measures: readonly Share[]): Drawing {
  const months = monthsFrom(told.from, told.to);
  const asked = measures.map((measure) => ({
    says: t(`insights.${measure}`),
    lines: linesOf(told, measure),
    value: ({ hits, n }: Tally) => share(hits, n),
  }));
  const counts = countsOf(months, asked[0]?.lines ?? [], ({ cases }) => cases);
  return { months, curves: curvesOf(months, asked), counts, write: percent, most: 1 };
}

/** The mean of Brier's score of opinions. */
export function calibration(told: Told["tallies"]): Drawing {
  const months = monthsFrom(told.from, told.to);
  const lines = linesOf(told, "brier");
  const value = ({ sum, n }: Tally) => share(sum / THOUSAND, n);
  const curves = curvesOf(months, [{ says: t("insights.brier"), lines, value }]);
  return { months, curves, counts: countsOf(months, lines, ({ cases }) => cases), write: decimal };
}

/** What was given which probability, in all months together, and how much of it was so. */
export function binsOf(told: Told["tallies"]): readonly Bin[] {
  return [...Array(BINS).keys()].flatMap((at) => {
    const lines = linesOf(told, `forecast_${at}`);
    const n = total(lines.map((line) => line.n));
    const mean = total(lines.map(({ sum }) => sum)) / THOUSAND / n;
    return n > 0 ? [{ low: at / BINS, n, mean, hits: total(lines.map(({ hits }) => hits)) }] : [];
  });
}

/** How many of others' cases a physician answered in a month, by how often they were asked. */
export const answering = (told: Told["thirds"]): Drawing =>
  byThird(told, { value: ({ answered, people }) => share(answered, people), write: decimal });

/** The mean of Brier's score of their opinions. */
export const holding = (told: Told["thirds"]): Drawing =>
  byThird(told, { value: ({ brier, opinions }) => share(brier / THOUSAND, opinions), write: decimal });

/** In how many of their opinions the recorded diagnosis was the likeliest. */
export const hitting = (told: Told["thirds"]): Drawing =>
  byThird(told, { value: ({ hits, opinions }) => share(hits, opinions), write: percent, most: 1 });

type How = Pick<Drawing, "write" | "most"> & { readonly value: (line: ThirdLine) => number | null };

function byThird({ from, to, thirds }: Told["thirds"], { value, ...how }: How): Drawing {
  const months = monthsFrom(from, to);
  const asked = THIRDS.map((third) => ({
    says: t(`insights.third_${third}`),
    lines: thirds.filter((line) => line.third === third),
    value,
  }));
  return { months, curves: curvesOf(months, asked), counts: countsOf(months, thirds, ({ people }) => people), ...how };
}

function linesOf({ tallies }: Told["tallies"], measure: string): readonly Tally[] {
  return tallies.filter((line) => line.measure === measure);
}
