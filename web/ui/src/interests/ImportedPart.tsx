import { useId } from "preact/hooks";
import { t } from "../words/words.ts";
import type { Given, OwnInterests } from "./types.ts";
import { dollarsOf, natureIn } from "./wording.ts";
import "../words/more/interests.ts";

/** What Open Payments says of one: each payer and year. */
export function ImportedPart({ all }: { all: OwnInterests }) {
  const title = useId();
  const count = all.disputed.length;
  return (
    <section class="interests-part" aria-labelledby={title}>
      <h2 id={title}>{t("interests.imported")}</h2>
      <p class="interests-note">{t("interests.imported_says")}</p>
      {all.imported.length === 0 && <p class="interests-note">{t("interests.imported_none")}</p>}
      {all.imported.length > 0 && <Payers given={all.imported} title={title} />}
      {count > 0 && <p class="interests-note">{t("interests.disputed", { count })}</p>}
    </section>
  );
}

function Payers({ given, title }: { given: readonly Given[]; title: string }) {
  return (
    <table class="interests-table" aria-labelledby={title}>
      <thead>
        <tr>
          <th scope="col">{t("interests.payer")}</th>
          <th scope="col">{t("interests.year")}</th>
          <th scope="col">{t("interests.sum")}</th>
        </tr>
      </thead>
      <tbody>
        {given.map((one) => (
          <tr key={`${one.year} ${one.payer_id}`}>
            <th scope="row">
              <bdi>{one.payer}</bdi>
              <span class="interests-note">{Object.keys(one.natures).map(natureIn).join(", ")}</span>
            </th>
            <td class="figures">{one.year}</td>
            <td class="figures">{dollarsOf(one.cents)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
