import { Choices } from "../design/Choices.tsx";
import { applies, type Consciousness } from "../triage/news2.ts";
import { t } from "../words/words.ts";
import { answer } from "./answering.ts";
import type { AskForm } from "./form.ts";
import { Tick } from "./Tick.tsx";
import "../words/more/measured.ts";

const OXYGEN = ["air", "oxygen"] as const;
const LEVELS: readonly Consciousness[] = ["A", "C", "V", "P", "U"];

/** What NEWS2 needs beside vital signs, and where it comes from. */
export function News2Answers({ form }: { form: AskForm }) {
  const { findings, age_band } = form.fields.value;
  const { on_oxygen, consciousness, scale, pregnant } = findings;
  return (
    <>
      <Choices
        legend={t("measured.oxygen")}
        name="on_oxygen"
        choices={OXYGEN.map((value) => ({ value, label: t(`measured.oxygen_${value}`) }))}
        value={on_oxygen === null ? undefined : on_oxygen ? "oxygen" : "air"}
        onChoose={(one) => answer(form, { on_oxygen: one === "oxygen" })}
      />
      <Choices
        legend={t("measured.consciousness")}
        name="consciousness"
        choices={LEVELS.map((value) => ({ value, label: t(`measured.consciousness_${value}`) }))}
        value={consciousness ?? undefined}
        onChoose={(one) => answer(form, { consciousness: one })}
      />
      <div>
        <Tick label={t("measured.scale")} on={scale === 2} onTick={(on) => answer(form, { scale: on ? 2 : 1 })} />
        <Tick label={t("measured.pregnant")} on={pregnant} onTick={(on) => answer(form, { pregnant: on })} />
      </div>
      <p class="field-hint">{t(applies(age_band, pregnant) ? "measured.news2_source" : "measured.news2_not_for")}</p>
    </>
  );
}
