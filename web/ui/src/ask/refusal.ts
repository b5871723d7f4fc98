/** Where in the form the server's refusal belongs. */
import { type Doubt, doubtsOf } from "../identifiers/doubts.ts";
import type { Refusal } from "../wire/refusals.ts";
import { longest } from "./checks.ts";
import { TEXTS } from "./doubting.ts";
import type { FieldName, Fields } from "./fields.ts";

type Place = (fields: Fields) => FieldName | null;

/** By what the server's sentence names: the path of a field (`$.title`), or the thing itself. */
const PLACES: readonly (readonly [RegExp, Place])[] = [
  [/\$\.title\b/, () => "title"],
  [/\$\.acuity\b/, () => "acuity"],
  [/\$\.specialties\b|least one specialty/i, () => "specialties"],
  [/\$\.languages\b/, () => "languages"],
  [/\$\.age_band\b|\bage over 89\b/i, () => "age_band"],
  [/\$\.reach\b/, () => "reach"],
  [/\$\.observers\b/, () => "observers"],
  [/\$\.linked_to\b/, () => "linked_to"],
  [/case lacks/i, firstEmpty],
  [/\$\.(vitals|triage)\b|vital sign|`vitals_at`|No patient|NEWS2|ESI|is given twice|has .+ decimal/, () => "findings"],
  [/\$\.resources\b|resource|is there or not|is hours/i, () => "resources"],
  [/\btemplate\b/i, () => "template"],
];

/** The field that `refusal` is about, if it is about one. */
export function placeOf(refusal: Refusal, fields: Fields): FieldName | null {
  if (refusal.code === "too_large") return longest(fields);
  const [, place] = PLACES.find(([named]) => named.test(refusal.message)) ?? [];
  return place?.(fields) ?? null;
}

function firstEmpty(fields: Fields): FieldName | null {
  const needed = ["title", "situation", "assessment", "request"] as const;
  return needed.find((name) => fields[name].trim() === "") ?? null;
}

/** What the server found in a case that it did not open. */
export function doubtsFrom(refusal: Refusal, fields: Fields): Doubt[] {
  const byField = new Map(Object.entries(refusal.fields ?? {}));
  return TEXTS.flatMap((name) => doubtsOf(name, fields[name], byField.get(name) ?? []));
}
