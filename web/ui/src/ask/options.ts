/** The specialties that can be picked, by their names in the reader's language. */

import specialties from "virtual:specialties/name";
import { signal } from "@preact/signals";
import { specialty } from "../words/format.ts";
import { intl } from "../words/locale.ts";
import type { Option } from "./picking.ts";

export const SPECIALTIES: readonly Option[] = sorted(Object.keys(specialties).map(specialtyOption));
/** What is asked most: one tap each. */
export const OFTEN: readonly string[] = [
  "emergency_medicine",
  "critical_care",
  "paediatrics",
  "internal_medicine",
  "infectious_disease",
  "obstetrics_gynaecology",
];

/** By which words each is found besides its name: none until they are here. */
const also = signal<Readonly<Record<string, string>>>({});

/** Fetch the other words, so that they find: whoever only looks needs none. */
export async function fetchOtherWords(): Promise<void> {
  also.value = (await import("virtual:specialties/also")).default;
}

function specialtyOption(value: string): Option {
  return {
    value,
    label: specialty(value),
    get also() {
      return also.value[value];
    },
  };
}

/** By label, as the reader's language sorts. */
export function sorted(options: Option[]): Option[] {
  const { compare } = new Intl.Collator(intl);
  return options.sort((one, other) => compare(one.label, other.label));
}
