/** When a shift is, in words: its times are those of the roster's place, whatever the clock here says. */
import { intl } from "../words/locale.ts";
import { t } from "../words/words.ts";
import type { NewShift } from "./store.ts";
import "../words/more/rosters.ts";

const MOMENT = new Intl.DateTimeFormat(intl, { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });
const DAY = new Intl.DateTimeFormat(intl, { dateStyle: "medium", timeZone: "UTC" });

/** From when to when, and how often. */
export function timesOf({ starts, ends, every_weeks, until }: NewShift): string {
  const span = { from: MOMENT.format(new Date(`${starts}Z`)), to: MOMENT.format(new Date(`${ends}Z`)) };
  if (!every_weeks) return t("rosters.shift", span);
  const shift = t("rosters.shift_weekly", { ...span, count: every_weeks });
  return until ? t("rosters.shift_until", { shift, day: DAY.format(new Date(`${until}T00:00Z`)) }) : shift;
}
