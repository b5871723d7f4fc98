import { number } from "../words/format.ts";
import { t } from "../words/words.ts";
import type { Drawing } from "./drawing.ts";
import { briefMonth } from "./durations.ts";
import "../credibility/numbers.css";
import "../words/more/insights.ts";

interface Props {
  readonly what: string;
  readonly drawing: Drawing;
  readonly counted: string;
}

/** What a chart shows, in figures: for those who read, hear or copy them. */
export function MonthsTable({ what, drawing: { months, counts, curves, write }, counted }: Props) {
  return (
    <details class="numbers months">
      <summary>{t("insights.table")}</summary>
      <table class="figures">
        <caption class="quiet">{t("insights.caption", { what })}</caption>
        <thead>
          <tr>
            <th scope="col">{t("insights.month")}</th>
            <th scope="col">{counted}</th>
            {curves.map(({ tone, says }) => (
              <th key={tone} scope="col">
                {says}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {months.map((month, at) => (
            <tr key={month}>
              <th scope="row">{briefMonth(month)}</th>
              <td>{number(counts[at] ?? 0)}</td>
              {curves.map(({ tone, values }) => (
                <td key={tone}>{written(values[at], write)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function written(value: number | null | undefined, write: (value: number) => string): string {
  return value == null ? "–" : write(value);
}
