/** What a patient is called of whom only age band and sex are known. */
import "../words/more/ask.ts";
import { ageOf } from "../ask/ages.ts";
import { specialty } from "../words/format.ts";
import { known, t } from "../words/words.ts";
import { UNKNOWN } from "./report.ts";
import "../words/more/adverse.ts";

export { SEXES } from "../ask/fields.ts";

export function bandName(band: string): string {
  if (band === UNKNOWN) return t("adverse.unknown");
  return /^(\d|<)/.test(band) ? ageOf(band) : band;
}

export function sexName(sex: string): string {
  const word = `ask.sex_${sex}`;
  if (sex === UNKNOWN) return t("adverse.unknown");
  return known(word) ? t(word) : sex;
}

/** "40–64 years, female", of what the server keeps: band and sex with a comma. */
export function patientName(patient: string): string {
  const at = patient.lastIndexOf(", ");
  if (at < 0) return patient;
  return `${bandName(patient.slice(0, at))}, ${sexName(patient.slice(at + 2)).toLocaleLowerCase()}`;
}

/** "Physician, Cardiology", of what the server keeps of a reporter: role and specialty with a comma. */
export function reporterName(reporter: string): string {
  const [role = "", ...specialties] = reporter.split(", ");
  const word = `common.${role}`;
  return [known(word) ? t(word).toLocaleLowerCase() : role, ...specialties.map(specialty)].join(", ");
}
