/** Figures as the server would tell them. */
import type { Line, Tally, ThirdLine, Told } from "../../src/insights/told.ts";

const OF = { from: "2026-11", to: "2027-02", specialties: [], countries: [], files: ["csv"] };

export const line = (month: string, measure: Line["measure"] = "answered"): Line => ({
  ...{ measure, month, n: 3, median_ms: 61_000, p90_ms: 99_000 },
});

export const tally = (measure: string, month: string, hits: number, sum = 0): Tally => ({
  ...{ measure, month, cases: 4, n: 10, hits, sum },
});

export const third = (of: ThirdLine["third"], month: string, answered: number): ThirdLine => ({
  ...{ third: of, month, people: 4, cases: 9, asked: 2, answered, opinions: 8, hits: 6, brier: 4_000 },
});

export function told(parts: { times?: Line[]; tallies?: Tally[]; thirds?: ThirdLine[]; to?: string }): Told {
  const { times = [], tallies = [], thirds = [], to = OF.to } = parts;
  const of = { ...OF, to };
  return { times: { ...of, times }, tallies: { ...of, tallies }, thirds: { ...of, thirds } };
}
