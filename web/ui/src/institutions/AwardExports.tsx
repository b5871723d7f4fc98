import { useId, useState } from "preact/hooks";
import { money } from "../awards/money.ts";
import { Button } from "../design/Button.tsx";
import { dateOf } from "../words/format.ts";
import { said, t } from "../words/words.ts";
import type { AwardBudget, Export, InstitutionBudget, Payee } from "./budget.ts";
import "../words/more/awards.ts";
import "../words/more/budgets.ts";

interface Props {
  store: InstitutionBudget;
  budget: AwardBudget;
}

/** What was to be paid, and to whom: for who pays it, never for the institution. */
export function AwardExports({ store, budget: { exports, currency } }: Props) {
  const title = useId();
  return (
    <section class="awards-sheet-part" aria-labelledby={title}>
      <h3 id={title}>{t("budgets.exports")}</h3>
      <p class="institutions-says">{t("budgets.exports_says")}</p>
      {exports.length === 0 && <p>{t("budgets.exports_none")}</p>}
      {exports.length > 0 && (
        <ul class="awards-exports">
          {exports.map((one) => (
            <ExportLine key={one.number} store={store} one={one} currency={currency} />
          ))}
        </ul>
      )}
    </section>
  );
}

function ExportLine({ store, one, currency }: { store: InstitutionBudget; one: Export; currency: string }) {
  const [payees, setPayees] = useState<readonly Payee[] | string>();
  const name = t("budgets.export", { number: String(one.number), when: dateOf(one.at) });
  return (
    <li class="awards-export">
      <span>{name}</span>
      {!Array.isArray(payees) && (
        <Button aria-label={`${t("budgets.payees")}: ${name}`} onClick={async () => setPayees(await store.payees(one))}>
          {t("budgets.payees")}
        </Button>
      )}
      {typeof payees === "string" ? (
        <p class="institution-wrong" role="alert">
          {payees}
        </p>
      ) : (
        payees && <Payees payees={payees} currency={currency} />
      )}
    </li>
  );
}

function Payees({ payees, currency }: { payees: readonly Payee[]; currency: string }) {
  return (
    <ul aria-label={t("budgets.payees")} class="awards-payees">
      {payees.map(({ person, case: room, post, paid_cents, form, way }) => (
        <li key={`${room} ${post}`}>
          {said("budgets.payee", {
            sum: money(paid_cents, currency),
            person: <bdi>{person}</bdi>,
            form: t(`awards.form_${form}`),
            way: t(`awards.way_${way}`),
          })}
        </li>
      ))}
    </ul>
  );
}
