import { Choices } from "../design/Choices.tsx";
import { COLOURS, type Colour } from "../triage/suggestions.ts";
import { within } from "../vitals/told.ts";
import { t } from "../words/words.ts";
import { answer } from "./answering.ts";
import type { AskForm } from "./form.ts";
import "../words/more/measured.ts";
import "../words/more/vitals.ts";

/** The colour that the site gave, and by when it has a patient seen there: nothing is worked out. */
export function ManchesterColours({ form }: { form: AskForm }) {
  const { colour } = form.fields.value.findings;
  return (
    <>
      <Choices
        legend={t("measured.colour")}
        name="colour"
        choices={COLOURS.map((value) => ({ value, label: t(`vitals.colour_${value}`), ...firstSeen(form, value) }))}
        value={colour ?? undefined}
        onChoose={(one) => answer(form, { colour: one })}
      />
      <p class="field-hint">{t("measured.colour_source")}</p>
    </>
  );
}

function firstSeen({ urgency }: AskForm, colour: Colour): { says?: string } {
  const minutes = urgency.minutes(colour);
  return minutes === undefined ? {} : { says: within(minutes) };
}
