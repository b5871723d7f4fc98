import { useMemo } from "preact/hooks";
import { SPECIALTIES, sorted } from "../ask/options.ts";
import { Picker } from "../ask/Picker.tsx";
import { Choices } from "../design/Choices.tsx";
import { Field } from "../design/Field.tsx";
import { COUNTRIES } from "../verification/claim.ts";
import { country, specialty } from "../words/format.ts";
import { t } from "../words/words.ts";
import type { GroupBy } from "./asked.ts";
import { groupsOf, type SurveyDraft } from "./draft.ts";
import "../words/more/surveying.ts";

interface Props {
  draft: SurveyDraft;
  wrongAt: (name: string) => string | undefined;
  onChange: (part: Partial<SurveyDraft>) => void;
}

const GROUPS: readonly GroupBy[] = ["specialty", "country"];

/** Whom a survey asks, by what its results are told apart, and how many of each group may answer. */
export function WhomFields({ draft, wrongAt, onChange }: Props) {
  const countries = useMemo(
    () => sorted(COUNTRIES.map((code) => ({ value: code, label: country(code), also: code }))),
    [],
  );
  return (
    <>
      <Picker
        name="specialties"
        label={t("surveying.specialties")}
        hint={t("surveying.specialties_hint")}
        options={SPECIALTIES}
        chosen={draft.specialties}
        onChange={(specialties) => onChange({ specialties })}
      />
      <Picker
        name="countries"
        label={t("surveying.countries")}
        hint={t("surveying.countries_hint")}
        options={countries}
        chosen={draft.countries}
        onChange={(codes) => onChange({ countries: codes })}
      />
      <Choices
        legend={t("surveying.group_by")}
        name="group_by"
        choices={GROUPS.map((value) => ({ value, label: t(`surveying.group_by_${value}`) }))}
        value={draft.group_by}
        onChoose={(group_by) => onChange({ group_by })}
      />
      <Quotas draft={draft} wrongAt={wrongAt} onChange={onChange} />
    </>
  );
}

function Quotas({ draft, wrongAt, onChange }: Props) {
  const { group_by, quotas } = draft;
  const groups = groupsOf(draft);
  const called = group_by === "specialty" ? specialty : country;
  return (
    <fieldset class="asked-part">
      <legend>{t("surveying.quotas")}</legend>
      <p class="asked-says">{t(groups.length > 0 ? "surveying.quotas_says" : `surveying.quotas_none_${group_by}`)}</p>
      {groups.map((group) => (
        <Field
          key={group}
          label={called(group)}
          error={wrongAt(`quota.${group}`)}
          inputMode="numeric"
          autocomplete="off"
          value={quotas[group] ?? ""}
          onInput={(event) => onChange({ quotas: { ...quotas, [group]: event.currentTarget.value } })}
        />
      ))}
    </fieldset>
  );
}
