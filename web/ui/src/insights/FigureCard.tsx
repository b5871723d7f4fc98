import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { inRow } from "../words/format.ts";
import { t } from "../words/words.ts";
import { Chart } from "./Chart.tsx";
import { type Drawing, newestOf } from "./drawing.ts";
import { longMonth } from "./durations.ts";
import { MonthsTable } from "./MonthsTable.tsx";
import "../words/more/insights.ts";

interface Props {
  readonly title: string;
  /** What the figure is. */
  readonly means: string;
  /** Of how many cases it is. */
  readonly count: string;
  readonly drawing: Drawing;
  /** What is counted in each month: cases, unless said. */
  readonly counted?: string;
  readonly children?: ComponentChildren;
}

/** One figure: what it is, of how many cases, how it was last, and month by month. */
export function FigureCard({ title, means, count, drawing, counted = t("insights.n"), children }: Props) {
  const id = useId();
  const last = newestOf(drawing);
  return (
    <section class="measure" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <p class="measure-means">{means}</p>
      <p class="measure-count">{count}</p>
      {last >= 0 && (
        <>
          <p class="measure-last">{newest(drawing, last)}</p>
          <Chart drawing={drawing} />
          <MonthsTable what={title} drawing={drawing} counted={counted} />
        </>
      )}
      {children}
    </section>
  );
}

/** "November 2026: half within 4.5 min, nine of ten within 11 min". */
function newest({ months, curves, write }: Drawing, at: number): string {
  const values = curves.flatMap(({ says, values }) => {
    const value = values[at];
    return value == null ? [] : [t("insights.value", { what: says, value: write(value) })];
  });
  return t("insights.newest", { month: longMonth(months[at] ?? ""), values: inRow(values) });
}
