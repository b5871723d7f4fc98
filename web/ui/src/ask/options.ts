/** What can be picked: specialties and languages, by their names in the reader's language. */
import also from "virtual:specialties/also";
import specialties from "virtual:specialties/name";
import { language, specialty } from "../words/format.ts";
import { intl } from "../words/locale.ts";
import type { Option } from "./picking.ts";

const LANGUAGES =
  "am ar az bg bn bs ca cs da de el en es et fa fi fil fr gu ha he hi hr hu hy id ig is it ja ka kk km kn ko ku ky lo lt lv " +
  "mg mk ml mn mr ms my nb ne nl om or pa pl ps pt ro ru rw si sk sl so sq sr sv sw ta te tg th ti tk tr uk ur uz vi wo xh yo zh zu";

export const SPECIALTIES: readonly Option[] = sorted(Object.keys(specialties).map(specialtyOption));
export const LANGUAGE_OPTIONS: readonly Option[] = sorted(
  LANGUAGES.split(" ").map((tag) => ({ value: tag, label: language(tag), also: tag })),
);
/** What is asked most: one tap each. */
export const OFTEN: readonly string[] = [
  "emergency_medicine",
  "critical_care",
  "paediatrics",
  "internal_medicine",
  "infectious_disease",
  "obstetrics_gynaecology",
];

function specialtyOption(value: string): Option {
  const words = also[value];
  return { value, label: specialty(value), ...(words ? { also: words } : {}) };
}

function sorted(options: Option[]): Option[] {
  const { compare } = new Intl.Collator(intl);
  return options.sort((one, other) => compare(one.label, other.label));
}
