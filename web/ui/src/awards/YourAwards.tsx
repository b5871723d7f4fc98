import { useEffect, useId, useMemo } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import type { Api } from "../http/api.ts";
import { dateOf } from "../words/format.ts";
import { t } from "../words/words.ts";
import { voidOf } from "./AwardCard.tsx";
import { type Given, type GivenAward, GivenAwards, left } from "./given.ts";
import { money } from "./money.ts";
import "./awards.css";
import "../words/more/awards.ts";

/** For an observer: what their institution has awarded, and what is left; nothing where it has no budget. */
export function YourAwards({ api }: { api: Pick<Api, "get"> }) {
  const awards = useMemo(() => new GivenAwards(api), [api]);
  const title = useId();
  useEffect(() => void awards.read(), [awards]);
  const given = awards.given.value;
  if (given === null && !awards.failed.value) return null;
  if (given !== null && given.budget === null && given.awards.length === 0) return null;
  return (
    <section class="awards awards-home" aria-labelledby={title}>
      <h2 id={title}>{t("awards.yours")}</h2>
      {given === null ? (
        <p class="awards-none">
          {t("awards.failed")} <Button onClick={() => void awards.read()}>{t("common.retry")}</Button>
        </p>
      ) : (
        <Listed given={given} />
      )}
    </section>
  );
}

function Listed({ given }: { given: Given }) {
  const { budget, currency, awards } = given;
  return (
    <>
      {budget && (
        <p class="awards-says">
          {t("awards.budget", {
            left: money(left(budget), currency),
            total: money(budget.year_cents, currency),
            year: String(budget.year),
          })}
        </p>
      )}
      {awards.length > 0 && (
        <details class="awards-given">
          <summary>{t("awards.given", { count: awards.length })}</summary>
          <ul class="awards-list">
            {awards.map((award) => (
              <li key={`${award.room}-${award.number}`} class="award award-line">
                <span class="award-sum">{money(award.cents, award.currency)}</span>
                <span>
                  <a href={`/case/${award.room}`}>{t("awards.case_of", { when: dateOf(award.at) })}</a>
                </span>
                <span class="award-state">{stateOf(award)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function stateOf({ state, void: why }: GivenAward): string {
  if (state === "void") return voidOf(why);
  if (state === "sealed") return t("awards.given_sealed");
  if (state === "revealed") return t("awards.given_revealed");
  if (state === "declined") return t("awards.given_declined");
  return t(state === "exported" ? "awards.given_exported" : "awards.given_accepted");
}
