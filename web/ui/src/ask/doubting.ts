/** Which texts of the form are looked over for what may tell who the patient is. */
import { type Doubt, doubtsOf } from "../identifiers/doubts.ts";
import type { Refusal } from "../wire/refusals.ts";
import type { Fields } from "./fields.ts";

const TEXTS = ["title", "situation", "background", "assessment", "request"] as const;

export type TextName = (typeof TEXTS)[number];

export function textsOf(fields: Fields): Record<TextName, string> {
  const { title, situation, background, assessment, request } = fields;
  return { title, situation, background, assessment, request };
}

/** What the server found in a case that it did not open. */
export function doubtsFrom(refusal: Refusal, fields: Fields): Doubt[] {
  const byField = new Map(Object.entries(refusal.fields ?? {}));
  return TEXTS.flatMap((name) => doubtsOf(name, fields[name], byField.get(name) ?? []));
}

export function isText(name: string): name is TextName {
  return TEXTS.some((one) => one === name);
}
