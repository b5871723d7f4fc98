import { t } from "../words/words.ts";
import { ageOf } from "./ages.ts";
import { Choice } from "./Choice.tsx";
import { AGE_BANDS, SEXES } from "./fields.ts";
import type { AskForm } from "./form.ts";
import "../words/more/ask.ts";

/** Who it is about: as much as everybody may know. */
export function Patient({ form }: { form: AskForm }) {
  const { age_band, sex } = form.fields.value;
  return (
    <div class="ask-patient">
      <Choice
        name="age_band"
        label={t("ask.field_age_band")}
        optional={t("ask.optional")}
        error={form.wrongs.value.get("age_band")}
        value={age_band}
        options={[["", t("ask.age_unsaid")], ...AGE_BANDS.map((band): [string, string] => [band, ageOf(band)])]}
        onChange={(value) => form.set("age_band", value)}
      />
      <Choice
        name="sex"
        label={t("ask.field_sex")}
        optional={t("ask.optional")}
        value={sex}
        options={[["", t("ask.sex_unsaid")], ...SEXES.map((one): [string, string] => [one, t(`ask.sex_${one}`)])]}
        onChange={(value) => form.set("sex", value)}
      />
    </div>
  );
}
