import { LANGUAGE_OPTIONS } from "../ask/languages.ts";
import { SPECIALTIES } from "../ask/options.ts";
import { Picker } from "../ask/Picker.tsx";
import { specialty as nameOf } from "../words/format.ts";
import { t } from "../words/words.ts";
import { Part } from "./Part.tsx";
import type { Draft, ReachStore } from "./store.ts";
import "../words/more/reach.ts";

/** For which specialties, and in which languages. `specialty` is the one of the account. */
export function ForWhat({ store, draft, specialty }: { store: ReachStore; draft: Draft; specialty: string }) {
  const hint = specialty
    ? t("reach.specialties_hint", { specialty: nameOf(specialty) })
    : t("reach.specialties_hint_none");
  return (
    <Part title={t("reach.for_what")}>
      <Picker
        name="specialties"
        label={t("reach.specialties")}
        hint={hint}
        options={SPECIALTIES}
        chosen={draft.specialties}
        onChange={(chosen) => store.set("specialties", chosen)}
      />
      <Picker
        name="languages"
        label={t("reach.languages")}
        hint={t("reach.languages_hint")}
        options={LANGUAGE_OPTIONS}
        chosen={draft.languages}
        onChange={(chosen) => store.set("languages", chosen)}
      />
    </Part>
  );
}
