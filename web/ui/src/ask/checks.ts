/** What the server would refuse, said before it is sent: realtime/rooms/opening.py. */
import { t } from "../words/words.ts";
import type { FieldName, Fields } from "./fields.ts";
import "../words/more/ask.ts";

export type Wrongs = ReadonlyMap<FieldName, string>;

const MOST_TITLE = 200;
const MOST_WORDS = 20;
const MOST_BYTES = 65_536;
/** All but tabs and line breaks. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)/;

type Check = (fields: Fields) => string | null;
type Text = "title" | "situation" | "background" | "assessment" | "request";

/** In the order of the form: the first that finds something speaks for its field. */
const CHECKS: readonly (readonly [FieldName, Check])[] = [
  ["title", (fields) => (fields.title.trim() ? null : t("ask.needs_title"))],
  [
    "title",
    ({ title }) => (length(title) > MOST_TITLE ? t("ask.title_long", { count: length(title) - MOST_TITLE }) : null),
  ],
  ["title", ({ title }) => clean(title)],
  ["acuity", ({ acuity }) => (acuity ? null : t("ask.needs_acuity"))],
  ["specialties", ({ specialties }) => (specialties.length > 0 ? null : t("ask.needs_specialty"))],
  ["specialties", ({ specialties }) => few(specialties)],
  ["situation", ({ situation }) => (situation.trim() ? null : t("ask.needs_situation"))],
  ["situation", ({ situation }) => clean(situation)],
  ["background", ({ background }) => clean(background)],
  ["assessment", ({ assessment }) => (assessment.trim() ? null : t("ask.needs_assessment"))],
  ["assessment", ({ assessment }) => clean(assessment)],
  ["request", ({ request }) => (request.trim() ? null : t("ask.needs_request"))],
  ["request", ({ request }) => clean(request)],
  ["languages", ({ languages }) => few(languages)],
];

/** What is wrong and what to do, by field, in the order of the form. */
export function wrongs(fields: Fields): Wrongs {
  const found = new Map<FieldName, string>();
  for (const [name, check] of CHECKS) {
    const wrong = found.has(name) ? null : check(fields);
    if (wrong) found.set(name, wrong);
  }
  const over = bytes(fields) - MOST_BYTES;
  if (over > 0) found.set(longest(fields), t("ask.too_large", { count: over }));
  return found;
}

/** The field that has most of the text: the one to shorten. */
export function longest(fields: Fields): Text {
  const texts: Text[] = ["situation", "background", "assessment", "request"];
  return texts.reduce((most, text) => (fields[text].length > fields[most].length ? text : most));
}

function clean(text: string): string | null {
  return CONTROL.test(text) ? t("ask.control") : null;
}

function few(words: readonly string[]): string | null {
  return words.length > MOST_WORDS ? t("ask.too_many", { count: MOST_WORDS }) : null;
}

/** As the server counts: characters, not halves of them. */
function length(text: string): number {
  return [...text].length;
}

function bytes(fields: Fields): number {
  const { title, situation, background, assessment, request, age_band, sex, specialties, languages } = fields;
  const texts = [title, situation, background, assessment, request, age_band, sex, ...specialties, ...languages];
  return new TextEncoder().encode(texts.join("")).length;
}
