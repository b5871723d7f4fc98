/** Looking the texts of the form over for what may tell who the patient is. */
import { type Confirmation, type Doubt, lookOver } from "../identifiers/doubts.ts";
import type { Fields } from "./fields.ts";

export const TEXTS = ["title", "situation", "background", "assessment", "request"] as const;

export type TextName = (typeof TEXTS)[number];

function textsOf(fields: Fields): Record<TextName, string> {
  const { title, situation, background, assessment, request } = fields;
  return { title, situation, background, assessment, request };
}

export function isText(name: string): name is TextName {
  return TEXTS.some((one) => one === name);
}

/** What is doubted in `fields`, but for what its author has confirmed. */
export function lookedOver(fields: Fields, confirmed: readonly Confirmation[]): Promise<readonly Doubt[]> {
  return lookOver(textsOf(fields), confirmed);
}
