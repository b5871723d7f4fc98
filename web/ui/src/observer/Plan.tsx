import { list, number } from "../words/format.ts";
import { known, t } from "../words/words.ts";
import { day, kindOf } from "./names.ts";
import { hoursLeft, type Standing } from "./standing.ts";
import "../words/more/observer.ts";

/** For whom and for what one observes, and what is left of the plan. */
export function Plan({ standing }: { standing: Standing }) {
  const { institution, kind = "", purposes = [], products = [], seats = 0, hours = 0, term_end = 0 } = standing;
  return (
    <section class="observer-card">
      <h2>
        <bdi>{t("observer.for", { institution, kind: kindOf(kind) })}</bdi>
      </h2>
      <dl class="observer-facts">
        <dt>{t("observer.purposes")}</dt>
        <dd>{list(purposes.map(purposeOf))}</dd>
        <dt>{t("observer.plan")}</dt>
        <dd>
          {t("observer.left", { hours: number(hoursLeft(standing)), total: number(hours) })},{" "}
          {t("observer.seats", { count: seats })}, {t("observer.until", { day: day(term_end) })}
        </dd>
        {products.length > 0 && (
          <>
            <dt>{t("observer.products")}</dt>
            <dd>{list(products)}</dd>
          </>
        )}
      </dl>
      {kind === "investor" && <p>{embargo(standing.embargo_days ?? 0)}</p>}
    </section>
  );
}

function embargo(days: number): string {
  return days === 0 ? t("observer.embargo_none") : t("observer.embargo", { count: days });
}

function purposeOf(code: string): string {
  const word = `observer.purpose_${code}`;
  return known(word) ? t(word) : code;
}
