import { useId, useMemo } from "preact/hooks";
import { t } from "../words/words.ts";
import { Chart } from "./Chart.tsx";
import { duration, longMonth } from "./durations.ts";
import { MonthsTable } from "./MonthsTable.tsx";
import { countOf, type Line, type Measure, monthsOf, type Times } from "./times.ts";
import "../words/more/insights.ts";

/** One interval: what it is, of how many cases, how it was last, and month by month. */
export function MeasureCard({ measure, times }: { measure: Measure; times: Times }) {
  const months = useMemo(() => monthsOf(times, measure), [times, measure]);
  const id = useId();
  const count = countOf(months);
  const last = months.findLast(({ line }) => line !== undefined)?.line;
  return (
    <section class="measure" aria-labelledby={id}>
      <h2 id={id}>{t(`insights.until_${measure}`)}</h2>
      <p class="measure-means">{t(`insights.means_${measure}`)}</p>
      <p class="measure-count">{count ? t("insights.cases", { count }) : t("insights.no_cases")}</p>
      {last && (
        <>
          <p class="measure-last">{newest(last)}</p>
          <Chart months={months} />
          <MonthsTable what={t(`insights.until_${measure}`)} months={months} />
        </>
      )}
    </section>
  );
}

function newest({ month, median_ms, p90_ms }: Line): string {
  return t("insights.newest", { month: longMonth(month), median: duration(median_ms), p90: duration(p90_ms) });
}
