/** What a chart shows: a value for each month and curve, or none. */
export const TONES = ["first", "second", "third"] as const;
export type Tone = (typeof TONES)[number];

/** One line of a chart. `values`: of each month. */
export interface Curve {
  readonly tone: Tone;
  readonly says: string;
  readonly values: readonly (number | null)[];
}

/** `counts`: of how many each month is, cases or people. `most`: where the scale ends, if it always ends there. */
export interface Drawing {
  readonly months: readonly string[];
  readonly counts: readonly number[];
  readonly curves: readonly Curve[];
  readonly write: (value: number) => string;
  readonly most?: number;
}

/** The curves of one or several kinds of lines, one value for each month. */
export function curvesOf<L extends { readonly month: string }>(
  months: readonly string[],
  asked: readonly { readonly says: string; readonly lines: readonly L[]; readonly value: (line: L) => number | null }[],
): readonly Curve[] {
  return asked.map(({ says, lines, value }, at) => {
    const found = new Map(lines.map((line) => [line.month, value(line)]));
    return { tone: TONES[at] ?? "third", says, values: months.map((month) => found.get(month) ?? null) };
  });
}

/** What the lines of each month come to. */
export function countsOf<L extends { readonly month: string }>(
  months: readonly string[],
  lines: readonly L[],
  count: (line: L) => number,
): readonly number[] {
  return months.map((month) => total(lines.filter((line) => line.month === month).map(count)));
}

/** A part of a whole, 0 to 1; none of nothing. */
export function share(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

export function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, n) => sum + n, 0);
}

/** The columns of a chart: the months by their number, then each curve's values. */
export function columnsOf({ months, curves }: Drawing): [number[], ...(number | null)[][]] {
  return [months.map((_, at) => at), ...curves.map(({ values }) => [...values])];
}

/** The place of the last month that any curve has a value of; -1 where none has. */
export function newestOf({ months, curves }: Drawing): number {
  return months.findLastIndex((_, at) => curves.some(({ values }) => values[at] != null));
}
