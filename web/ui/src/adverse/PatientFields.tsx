import { Choice } from "../ask/Choice.tsx";
import { AGE_BANDS } from "../ask/fields.ts";
import { t } from "../words/words.ts";
import { bandName, SEXES, sexName } from "./patient.ts";
import { type Patient, UNKNOWN } from "./report.ts";
import type { Reporting } from "./reporting.ts";
import "../words/more/adverse.ts";

/** Of the patient, age band and sex, and nothing more: as the case says them, where it does. */
export function PatientFields({ reporting, patient }: { reporting: Reporting; patient: Patient }) {
  const { age_band, sex } = reporting.draft.value.report;
  return (
    <div class="report-patient">
      <Choice
        name="age_band"
        label={t("adverse.age")}
        error={reporting.wrongs.value.get("age_band")}
        value={age_band}
        options={options(AGE_BANDS, patient.age_band, bandName)}
        onChange={(value) => reporting.set("age_band", value)}
      />
      <Choice
        name="sex"
        label={t("adverse.sex")}
        error={reporting.wrongs.value.get("sex")}
        value={sex}
        options={options(SEXES, patient.sex, sexName)}
        onChange={(value) => reporting.set("sex", value)}
      />
    </div>
  );
}

type Options = readonly (readonly [string, string])[];

/** Those that are known, that of the case where it is another one, and "Not known". */
function options(
  values: readonly string[],
  own: string | null | undefined,
  nameOf: (value: string) => string,
): Options {
  const all = own && !values.includes(own) ? [own, ...values] : values;
  return [["", t("adverse.choose")], ...[...all, UNKNOWN].map((value) => [value, nameOf(value)] as const)];
}
