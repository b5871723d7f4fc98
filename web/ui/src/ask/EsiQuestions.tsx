import { Choices } from "../design/Choices.tsx";
import type { Age } from "../triage/esi.ts";
import { t } from "../words/words.ts";
import { answer } from "./answering.ts";
import type { Findings } from "./findings.ts";
import type { AskForm } from "./form.ts";
import { Tick } from "./Tick.tsx";
import { ageOf, worked } from "./working.ts";
import "../words/more/measured.ts";
import "../words/more/vitals.ts";

const B = ["high_risk", "confused", "severe_pain"] as const;
const RESOURCES = ["none", "one", "many"] as const;
const AGES: readonly Age[] = ["0-28d", "1-3m", "3m-3y", "3-8y", "over_8y"];
const YES_NO = ["yes", "no"] as const;

/** The questions A to D; D is asked of the vital signs. Each is asked only where the one before leaves it open. */
export function EsiQuestions({ form }: { form: AskForm }) {
  const { findings } = form.fields.value;
  const { life_saving } = findings;
  const settled = life_saving || B.some((name) => findings[name]);
  return (
    <>
      <div class="field">
        <Tick label={t("measured.esi_a")} on={life_saving} onTick={(on) => answer(form, { life_saving: on })} />
        <p class="field-hint">{t("measured.esi_a_hint")}</p>
      </div>
      {!life_saving && (
        <fieldset class="field">
          <legend class="field-label">{t("measured.esi_b")}</legend>
          {B.map((name) => (
            <Tick
              key={name}
              label={t(`measured.esi_${name}`)}
              on={findings[name]}
              onTick={(on) => answer(form, { [name]: on })}
            />
          ))}
        </fieldset>
      )}
      {!settled && <Later form={form} findings={findings} />}
      <p class="field-hint">{t("measured.esi_source")}</p>
    </>
  );
}

function Later({ form, findings }: { form: AskForm; findings: Findings }) {
  const { age_band } = form.fields.value;
  const age = findings.age ?? ageOf(age_band);
  const { level } = worked(findings, age_band);
  return (
    <>
      <Choices
        legend={t("measured.esi_c")}
        name="esi_resources"
        choices={RESOURCES.map((value) => ({ value, label: t(`measured.esi_${value}`) }))}
        value={findings.resources ?? undefined}
        onChoose={(resources) => answer(form, { resources })}
      />
      {!ageOf(age_band) && (
        <Choices
          legend={t("measured.esi_age")}
          name="esi_age"
          choices={AGES.map((value) => ({ value, label: t(`measured.esi_age_${value}`) }))}
          value={findings.age ?? undefined}
          onChoose={(one) => answer(form, { age: one })}
        />
      )}
      {age === "3m-3y" && (
        <Choices
          legend={t("measured.esi_immunised")}
          name="esi_immunised"
          choices={YES_NO.map((value) => ({ value, label: t(`measured.esi_${value}`) }))}
          value={findings.immunised === null ? undefined : findings.immunised ? "yes" : "no"}
          onChoose={(one) => answer(form, { immunised: one === "yes" })}
        />
      )}
      {level && level.allowed.length > 1 && (
        <Choices
          legend={t("measured.esi_consider")}
          name="esi_level"
          choices={level.allowed.map((one) => ({ value: String(one), label: t("vitals.esi", { level: one }) }))}
          value={String(findings.level ?? level.value)}
          onChoose={(one) => answer(form, { level: Number(one) })}
        />
      )}
    </>
  );
}
