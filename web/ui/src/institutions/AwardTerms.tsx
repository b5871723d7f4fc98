import { useId } from "preact/hooks";
import { money } from "../awards/money.ts";
import { t, type Word } from "../words/words.ts";
import type { AwardBudget } from "./budget.ts";
import "../words/more/budgets.ts";

/** The bounds, caps and the policy: the same for all institutions of this server. */
export function AwardTerms({ budget }: { budget: AwardBudget }) {
  const title = useId();
  const { currency, least_cents, most_cents, case_cents, author_cents, policy } = budget;
  const most = (cents: number) => t("budgets.at_most", { sum: money(cents, currency) });
  const one = { least: money(least_cents, currency), most: money(most_cents, currency) };
  const facts: readonly (readonly [Word, string])[] = [
    ["budgets.one", t("budgets.one_is", one)],
    ["budgets.case", most(case_cents)],
    ["budgets.author", most(author_cents)],
    ["budgets.policy", t(`budgets.policy_${policy}`)],
  ];
  return (
    <section class="awards-sheet-part" aria-labelledby={title}>
      <h3 id={title}>{t("budgets.terms")}</h3>
      <dl class="awards-terms">
        {facts.map(([word, says]) => (
          <div key={word}>
            <dt>{t(word)}</dt>
            <dd>{says}</dd>
          </div>
        ))}
      </dl>
      <p class="institutions-says">{t("budgets.terms_says")}</p>
    </section>
  );
}
