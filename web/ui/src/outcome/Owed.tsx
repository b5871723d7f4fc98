import { Written } from "../design/Written.tsx";
import { dateOf, list } from "../words/format.ts";
import { t } from "../words/words.ts";
import type { OwedLine } from "../worklist/useOwed.ts";
import "./owed.css";
import "../words/more/outcome.ts";

/** One's own closed cases that nobody knows the end of yet. */
export function Owed({ cases }: { cases: readonly OwedLine[] }) {
  return (
    <section class="owed" aria-labelledby="owed">
      <h2 id="owed">{t("outcome.owed", { count: cases.length })}</h2>
      <ul>
        {cases.map((one) => (
          <li key={one.id}>
            <a href={`/archive/${one.id}`} class="owed-link said">
              <Written text={one.title} />
            </a>
            <p class="owed-missing">
              <span>{t("outcome.owed_closed", { when: dateOf(one.closed_at) })}</span>{" "}
              <span>
                {t("outcome.owed_missing", { what: list(one.owed.map((name) => t(`outcome.short_${name}`))) })}
              </span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
