/** Dates, spans, numbers and names of places and languages, as the reader's language writes them. */
import { intl } from "./locale.ts";
import { known, t } from "./words.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const clock = new Intl.DateTimeFormat(intl, { hour: "2-digit", minute: "2-digit" });
const exact = new Intl.DateTimeFormat(intl, { dateStyle: "medium", timeStyle: "medium" });
const days = new Intl.DateTimeFormat(intl, { weekday: "long", day: "numeric", month: "long" });
const dates = new Intl.DateTimeFormat(intl, { dateStyle: "medium", timeStyle: "short" });
const numbers = new Intl.NumberFormat(intl);
const lists = new Intl.ListFormat(intl, { style: "long", type: "conjunction" });
const countries = new Intl.DisplayNames(intl, { type: "region" });
const series = new Intl.ListFormat(intl, { style: "short", type: "unit" });
const languages = new Intl.DisplayNames(intl, { type: "language" });
const units = new Map<string, Intl.NumberFormat>();

/** The time of day of Unix ms, in the reader's own time zone. */
export const timeOfDay = (at: number): string => clock.format(at);
/** Date and time to the second: what a tooltip says. */
export const exactTime = (at: number): string => exact.format(at);
export const dayOf = (at: number): string => days.format(at);
export const dateOf = (at: number): string => dates.format(at);
export const number = (value: number): string => numbers.format(value);
export const list = (items: readonly string[]): string => lists.format(items);
/** Short things one after another, without a word between: "1 doing, 2 done". */
export const inRow = (items: readonly string[]): string => series.format(items);
export const language = (tag: string): string => named(languages, tag);
export const country = (code: string): string => named(countries, code);

/** A span of ms in its largest unit, shortened: "12 min", "3 hr". Less than a minute is "now". */
export function span(ms: number): string {
  if (ms < MINUTE_MS) return t("common.now");
  if (ms < HOUR_MS) return unit("minute", ms / MINUTE_MS);
  return ms < DAY_MS ? unit("hour", ms / HOUR_MS) : unit("day", ms / DAY_MS);
}

/** A specialty's code as words. */
export function specialty(code: string): string {
  const word = `specialties.${code}`;
  if (known(word)) return t(word);
  const spaced = code.replaceAll("_", " ");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

function unit(name: "minute" | "hour" | "day", value: number): string {
  let format = units.get(name);
  if (!format) {
    format = new Intl.NumberFormat(intl, { style: "unit", unit: name, unitDisplay: "short" });
    units.set(name, format);
  }
  return format.format(Math.floor(value));
}

function named(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}
