/** What a contributor reports of a post: the four elements, of which the fourth, who reports, is known. */

import type { Confirmation } from "../identifiers/doubts.ts";
import { t } from "../words/words.ts";
import "../words/more/adverse.ts";

export interface Report {
  readonly age_band: string;
  readonly sex: string;
  readonly product: string;
  readonly event: string;
}

export type FieldName = keyof Report;

/** What is written, and what of it its reporter has confirmed to identify nobody. */
export interface Draft {
  readonly report: Report;
  readonly confirmed: readonly Confirmation[];
}

/** As much of the patient as the case says. */
export interface Patient {
  readonly age_band?: string | null;
  readonly sex?: string | null;
}

/** What stands for a part of the patient that the reporter does not know. */
export const UNKNOWN = "unknown";
/** Characters, as the server counts them. */
const LIMITS: Readonly<Record<FieldName, number>> = { age_band: 20, sex: 20, product: 200, event: 2_000 };
const FIELDS: readonly FieldName[] = ["age_band", "sex", "product", "event"];

/** A report on which nothing is written yet. */
export function blank({ age_band, sex }: Patient): Report {
  return { age_band: age_band ?? "", sex: sex ?? "", product: "", event: "" };
}

/** What is wrong in each field, in their order, as a sentence. */
export function wrongs(report: Report): ReadonlyMap<FieldName, string> {
  return new Map(FIELDS.flatMap((name) => wrong(name, report[name])));
}

function wrong(name: FieldName, text: string): [FieldName, string][] {
  if (text.trim() === "") return [[name, t(EMPTY[name])]];
  return [...text].length > LIMITS[name] ? [[name, t("adverse.too_long", { limit: LIMITS[name] })]] : [];
}

const EMPTY = {
  age_band: "adverse.age_empty",
  sex: "adverse.sex_empty",
  product: "adverse.product_empty",
  event: "adverse.event_empty",
} as const;

/** What is to be kept of it on this device; null where nothing would be lost. */
export function keeping(draft: Draft): Draft | null {
  const { product, event } = draft.report;
  return product === "" && event === "" ? null : draft;
}

/** What was kept, or a new one of this patient. */
export function begun(held: object | null, patient: Patient): Draft {
  const before = held as Partial<Draft> | null;
  return { report: { ...blank(patient), ...before?.report }, confirmed: before?.confirmed ?? [] };
}
