/** Looking the texts of the form over for what may tell who the patient is. */
import type { Confirmation, Doubt } from "../identifiers/doubts.ts";
import { inTime } from "../identifiers/inTime.ts";
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

/** What is doubted in `fields`; nothing where what looks them over does not come: the server decides as it always does. */
export async function lookedOver(fields: Fields, confirmed: readonly Confirmation[]): Promise<readonly Doubt[]> {
  const file = await inTime(import("../identifiers/doubts.ts").catch(() => undefined));
  return file ? file.lookOver(textsOf(fields), confirmed) : [];
}
