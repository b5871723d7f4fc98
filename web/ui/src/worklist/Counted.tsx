import { Acuity } from "../design/Acuity.tsx";
import type { Count, Me } from "../wire/frames.ts";
import { specialty } from "../words/format.ts";
import { t } from "../words/words.ts";
import "./counted.css";
import "../words/more/worklist.ts";

/** Whether the worklist shows this person counts of cases that are not theirs. */
export function below(me: Me): boolean {
  return me.role === "clinician" || (me.role === "physician" && me.tier < 2);
}

/** How many cases are open, by specialty and acuity, and how one comes to see them. */
export function Counted({ counts }: { counts: readonly Count[] }) {
  const total = counts.reduce((sum, { cases }) => sum + cases, 0);
  return (
    <section class="counted" aria-labelledby="counted">
      <h2 id="counted">{total ? t("worklist.counted", { count: total }) : t("worklist.counted_none")}</h2>
      {total > 0 && (
        <ul class="counted-list">
          {counts.map((one) => (
            <li key={`${one.specialty} ${one.acuity}`} class="counted-one">
              <span class="figures">{one.cases}</span>
              <span>{one.specialty ? specialty(one.specialty) : t("worklist.counted_other")}</span>
              <Acuity level={one.acuity} />
            </li>
          ))}
        </ul>
      )}
      <p class="counted-says">
        {t("worklist.counted_says")} <a href="/verification">{t("worklist.counted_how")}</a>
      </p>
    </section>
  );
}
