import type { Word } from "../words/words.ts";
import type { FieldName } from "./fields.ts";
import "../words/more/ask.ts";

/** What each field is called. */
export const LABELS: Readonly<Record<FieldName, Word>> = {
  title: "ask.field_title",
  acuity: "ask.field_acuity",
  specialties: "ask.field_specialties",
  age_band: "ask.field_age_band",
  sex: "ask.field_sex",
  situation: "ask.field_situation",
  background: "ask.field_background",
  assessment: "ask.field_assessment",
  request: "ask.field_request",
  languages: "ask.field_languages",
  reach: "ask.field_reach",
  observers: "ask.field_observers",
  linked_to: "ask.field_linked_to",
  template: "ask.field_template",
  findings: "ask.field_findings",
  resources: "ask.field_resources",
};
