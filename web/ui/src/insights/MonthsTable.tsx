import { number } from "../words/format.ts";
import { t } from "../words/words.ts";
import { duration, longMonth } from "./durations.ts";
import type { Month } from "./times.ts";
import "../words/more/insights.ts";

/** What a chart shows, in figures: for those who read, hear or copy them. */
export function MonthsTable({ what, months }: { what: string; months: readonly Month[] }) {
  return (
    <details class="months">
      <summary>{t("insights.table")}</summary>
      <table class="figures">
        <caption class="quiet">{t("insights.caption", { what })}</caption>
        <thead>
          <tr>
            <th scope="col">{t("insights.month")}</th>
            <th scope="col">{t("insights.n")}</th>
            <th scope="col">{t("insights.median")}</th>
            <th scope="col">{t("insights.p90")}</th>
          </tr>
        </thead>
        <tbody>
          {months.map(({ month, line }) => (
            <tr key={month}>
              <th scope="row">{longMonth(month)}</th>
              <td>{number(line?.n ?? 0)}</td>
              <td>{line ? duration(line.median_ms) : "–"}</td>
              <td>{line ? duration(line.p90_ms) : "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
