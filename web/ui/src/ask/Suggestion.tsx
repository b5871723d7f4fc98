import { Acuity } from "../design/Acuity.tsx";
import { Button } from "../design/Button.tsx";
import { triageIn } from "../vitals/told.ts";
import { list } from "../words/format.ts";
import { known, t } from "../words/words.ts";
import type { System } from "./findings.ts";
import type { AskForm } from "./form.ts";
import { worked } from "./working.ts";
import "./measured.css";
import "../words/more/ask.ts";
import "../words/more/measured.ts";
import "../words/more/vitals.ts";

/** What the findings come to: the triage with its band, the acuity that goes with it, and what is missing for one. */
export function Suggestion({ form }: { form: AskForm }) {
  const { findings, age_band, acuity: chosen } = form.fields.value;
  const { triage, missing, acuity } = worked(findings, age_band);
  return (
    <div class="suggestion" role="status">
      {triage && <strong>{triageIn(triage)}</strong>}
      {missing.length > 0 && <Missing system={findings.system} names={missing} />}
      {acuity && (
        <span class="suggestion-acuity">
          {t("ask.suggested")} <Acuity level={acuity} />
        </span>
      )}
      {acuity && acuity !== chosen && (
        <Button onClick={() => form.set("acuity", acuity)}>
          {t("measured.take", { acuity: t(`common.${acuity}`) })}
        </Button>
      )}
    </div>
  );
}

function Missing({ system, names }: { system: System; names: readonly string[] }) {
  const what = list(names.map(called));
  return <span>{t("measured.missing", { system: t(`measured.system_${system}`), what })}</span>;
}

function called(name: string): string {
  const word = `vitals.${name}`;
  return known(word) ? t(word) : t(`measured.esi_${name === "age" ? "age" : "resources"}`);
}
