/** What is written into the form, and what stands in it before. */
import type { Acuity, ObserverMode, Reach } from "../wire/frames.ts";
import { type Findings, NO_FINDINGS, unfound } from "./findings.ts";

export interface Fields {
  readonly title: string;
  readonly acuity: Acuity | null;
  readonly specialties: readonly string[];
  readonly age_band: string;
  readonly sex: string;
  readonly situation: string;
  readonly background: string;
  readonly assessment: string;
  readonly request: string;
  readonly languages: readonly string[];
  readonly reach: Reach;
  /** Null: as is usual for the acuity. */
  readonly observers: ObserverMode | null;
  readonly linked_to: string | null;
  /** The template that it is asked with; empty: none. */
  readonly template: string;
  readonly findings: Findings;
  /** What there is, what there is not, and how many hours a transfer takes. */
  readonly resources: Readonly<Record<string, boolean | number>>;
}

export type FieldName = keyof Fields;

export const ACUITIES: readonly Acuity[] = ["stat", "asap", "urgent", "routine"];
export const REACHES: readonly Reach[] = ["world", "network", "institution", "team"];
export const OBSERVER_MODES: readonly ObserverMode[] = ["off", "delayed", "live"];
export const SEXES = ["f", "m", "other"] as const;
/** In years, but for the first two. Ages over 89 identify: only the open band names them (45 CFR 164.514(b)(2)(i)(C)). */
export const AGE_BANDS = [
  "<1 month",
  "1-11 months",
  "1-4",
  "5-9",
  "10-14",
  "15-17",
  "18-39",
  "40-64",
  "65-89",
  "90+",
] as const;

/** An empty form of somebody whose browser speaks `languages`, for a case that goes on from `linked_to`. */
export function blank(languages: readonly string[], linked_to: string | null): Fields {
  const [first = "en"] = languages;
  return {
    title: "",
    acuity: null,
    specialties: [],
    age_band: "",
    sex: "",
    situation: "",
    background: "",
    assessment: "",
    request: "",
    languages: [first.split("-")[0] ?? first],
    reach: "world",
    observers: null,
    linked_to,
    template: "",
    findings: NO_FINDINGS,
    resources: {},
  };
}

/** Whether nothing has been written that would be a pity to lose. */
export function untouched(fields: Fields): boolean {
  const { title, situation, background, assessment, request, age_band, sex } = fields;
  const texts = [title, situation, background, assessment, request, age_band, sex];
  const unsaid = texts.every((text) => text === "") && fields.acuity === null && fields.specialties.length === 0;
  return unsaid && fields.template === "" && unfound(fields.findings) && Object.keys(fields.resources).length === 0;
}

/** How observers will see a case of this acuity unless one has chosen: nobody looks on while life is in danger. */
export function usualMode(acuity: Acuity | null): ObserverMode {
  return acuity === "stat" ? "off" : "delayed";
}
