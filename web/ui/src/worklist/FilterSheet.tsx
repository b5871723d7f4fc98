import { useState } from "preact/hooks";
import { LANGUAGE_OPTIONS } from "../ask/languages.ts";
import { SPECIALTIES } from "../ask/options.ts";
import { Picker } from "../ask/Picker.tsx";
import { Button } from "../design/Button.tsx";
import { Sheet } from "../design/Sheet.tsx";
import { t } from "../words/words.ts";
import { ALL, choose, filter } from "./filter.ts";
import "./filtersheet.css";
import "../words/more/filtering.ts";
import "../words/more/worklist.ts";

/** Which specialties and languages one wants to be told of; it holds until one chooses otherwise. */
export function FilterSheet({ onClose }: { onClose: () => void }) {
  const [chosen, set] = useState(filter.peek());
  const show = (wanted: typeof chosen) => {
    choose(wanted);
    onClose();
  };
  const foot = (
    <>
      <Button onClick={() => show({ ...ALL, words: chosen.words })}>{t("worklist.show_all")}</Button>
      <Button look="next" onClick={() => show(chosen)}>
        {t("filtering.show")}
      </Button>
    </>
  );
  return (
    <Sheet title={t("filtering.title")} onClose={onClose} foot={foot}>
      <div class="filtering">
        <p>{t("filtering.says")}</p>
        <Picker
          name="specialties"
          label={t("filtering.specialties")}
          hint={t("filtering.specialties_hint")}
          options={SPECIALTIES}
          chosen={chosen.specialties}
          onChange={(specialties) => set({ ...chosen, specialties })}
        />
        <Picker
          name="languages"
          label={t("filtering.languages")}
          hint={t("filtering.languages_hint")}
          options={LANGUAGE_OPTIONS}
          chosen={chosen.languages}
          onChange={(languages) => set({ ...chosen, languages })}
        />
      </div>
    </Sheet>
  );
}
