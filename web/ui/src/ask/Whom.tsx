import { t } from "../words/words.ts";
import { Choice } from "./Choice.tsx";
import { OBSERVER_MODES, REACHES, usualMode } from "./fields.ts";
import type { AskForm } from "./form.ts";
import { LANGUAGE_OPTIONS } from "./languages.ts";
import { Picker } from "./Picker.tsx";
import "../words/more/ask.ts";
import "../words/more/whom.ts";

/** In which languages one asks, whom, and who looks on. */
export function Whom({ form }: { form: AskForm }) {
  const { languages, reach, acuity, observers } = form.fields.value;
  const wrongs = form.wrongs.value;
  const mode = observers ?? usualMode(acuity);
  return (
    <>
      <Picker
        name="languages"
        label={t("ask.field_languages")}
        hint={t("whom.hint_languages")}
        error={wrongs.get("languages")}
        options={LANGUAGE_OPTIONS}
        chosen={languages}
        onChange={(chosen) => form.set("languages", chosen)}
      />
      <Choice
        name="reach"
        label={t("ask.field_reach")}
        error={wrongs.get("reach")}
        says={t(`whom.hint_reach_${reach}`)}
        value={reach}
        options={REACHES.map((one) => [one, t(`ask.reach_${one}`)] as const)}
        onChange={(chosen) => form.set("reach", chosen)}
      />
      <Choice
        name="observers"
        label={t("ask.field_observers")}
        error={wrongs.get("observers")}
        says={t(`whom.hint_observers_${mode}`)}
        value={mode}
        options={OBSERVER_MODES.map((one) => [one, t(`ask.observers_${one}`)] as const)}
        onChange={(chosen) => form.set("observers", chosen)}
      />
    </>
  );
}
