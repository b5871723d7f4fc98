import { language, list } from "../words/format.ts";
import { t } from "../words/words.ts";
import { Choice } from "./Choice.tsx";
import { OBSERVER_MODES, REACHES, usualMode } from "./fields.ts";
import type { AskForm } from "./form.ts";
import { LANGUAGE_OPTIONS } from "./options.ts";
import { Picker } from "./Picker.tsx";
import "../words/more/ask.ts";

/** What has a default that mostly fits; folded, with the defaults in sight. */
export function MoreFields({ form }: { form: AskForm }) {
  const { languages, reach, acuity, observers } = form.fields.value;
  const wrongs = form.wrongs.value;
  const mode = observers ?? usualMode(acuity);
  return (
    <details class="ask-more">
      <summary>
        <span class="ask-more-name">{t("common.more")}</span>
        <span class="ask-more-now">
          {t("ask.more_now", {
            languages: list(languages.map(language)),
            reach: t(`ask.reach_${reach}`),
            observers: t(`ask.observers_${mode}`),
          })}
        </span>
      </summary>
      <div class="ask-more-fields">
        <Picker
          name="languages"
          label={t("ask.field_languages")}
          hint={t("ask.hint_languages")}
          error={wrongs.get("languages")}
          options={LANGUAGE_OPTIONS}
          chosen={languages}
          onChange={(chosen) => form.set("languages", chosen)}
        />
        <Choice
          name="reach"
          label={t("ask.field_reach")}
          error={wrongs.get("reach")}
          says={t(`ask.hint_reach_${reach}`)}
          value={reach}
          options={REACHES.map((one) => [one, t(`ask.reach_${one}`)] as const)}
          onChange={(chosen) => form.set("reach", chosen)}
        />
        <Choice
          name="observers"
          label={t("ask.field_observers")}
          error={wrongs.get("observers")}
          says={t(`ask.hint_observers_${mode}`)}
          value={mode}
          options={OBSERVER_MODES.map((one) => [one, t(`ask.observers_${one}`)] as const)}
          onChange={(chosen) => form.set("observers", chosen)}
        />
      </div>
    </details>
  );
}
