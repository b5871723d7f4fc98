import { useEffect, useId, useMemo, useState } from "preact/hooks";
import { money } from "../awards/money.ts";
import { announce } from "../design/announce.ts";
import { Blank } from "../design/Blank.tsx";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { Shape } from "../design/Shape.tsx";
import { Sheet } from "../design/Sheet.tsx";
import { useSubmit } from "../design/useSubmit.ts";
import type { Api } from "../http/api.ts";
import { t } from "../words/words.ts";
import { AwardExports } from "./AwardExports.tsx";
import { AwardTerms } from "./AwardTerms.tsx";
import { type AwardBudget, centsIn, InstitutionBudget, typedOf } from "./budget.ts";
import "./awards-sheet.css";
import "../words/more/budgets.ts";

interface Props {
  api: Pick<Api, "get" | "put">;
  institution: string;
  onClose: () => void;
}

/** What an institution may award, on which terms, and what was to be paid. */
export function AwardsSheet({ api, institution, onClose }: Props) {
  const form = useId();
  const store = useMemo(() => new InstitutionBudget(api, institution), [api, institution]);
  useEffect(() => void store.read(), [store]);
  const budget = store.budget.value;
  const foot = (
    <>
      <Button onClick={onClose}>{t("common.close")}</Button>
      <Button look="next" type="submit" form={form} disabled={budget === null}>
        {t("budgets.set")}
      </Button>
    </>
  );
  return (
    <Sheet title={t("budgets.title", { institution })} onClose={onClose} foot={foot}>
      {store.wrong.value && (
        <Blank says={store.wrong.value}>
          <Button onClick={() => void store.read()}>{t("common.retry")}</Button>
        </Blank>
      )}
      {budget === null && !store.wrong.value && <Shape rows={4} />}
      {budget && (
        <div class="awards-sheet">
          <BudgetForm id={form} store={store} budget={budget} />
          <AwardTerms budget={budget} />
          <AwardExports store={store} budget={budget} />
        </div>
      )}
    </Sheet>
  );
}

/** What the server refuses is said at the sum. */
function BudgetForm({ id, store, budget }: { id: string; store: InstitutionBudget; budget: AwardBudget }) {
  const { year_cents, currency } = budget;
  const [typed, setTyped] = useState(() => typedOf(year_cents));
  const [wrong, setWrong] = useState<string>();
  const set = useSubmit(async () => {
    const cents = centsIn(typed);
    const says = cents === undefined ? t("budgets.no_sum") : await store.set(cents);
    setWrong(says);
    if (says === undefined) announce(t("budgets.set_done"));
  });
  return (
    <form id={id} onSubmit={set} noValidate class="awards-sheet-part">
      <Field
        label={t("budgets.budget", { currency })}
        hint={t("budgets.budget_hint")}
        error={wrong}
        inputMode="decimal"
        autocomplete="off"
        maxLength={20}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <p class="institutions-says" role="status">
        {year_cents === null ? t("budgets.budget_none") : t("budgets.budget_is", { sum: money(year_cents, currency) })}
      </p>
    </form>
  );
}
