import { Choices } from "../design/Choices.tsx";
import { COLOURS } from "../triage/suggestions.ts";
import { t } from "../words/words.ts";
import { answer } from "./answering.ts";
import type { AskForm } from "./form.ts";
import "../words/more/measured.ts";
import "../words/more/vitals.ts";

/** The colour that the site gave: nothing is worked out. */
export function ManchesterColours({ form }: { form: AskForm }) {
  const { colour } = form.fields.value.findings;
  return (
    <>
      <Choices
        legend={t("measured.colour")}
        name="colour"
        choices={COLOURS.map((value) => ({ value, label: t(`vitals.colour_${value}`) }))}
        value={colour ?? undefined}
        onChoose={(one) => answer(form, { colour: one })}
      />
      <p class="field-hint">{t("measured.colour_source")}</p>
    </>
  );
}
