/** Weekly hours as people think of them: the same hours on several days are one row. */
import type { Span, WeeklySpan } from "./profile.ts";

export const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
export const WORKDAYS: Row = { days: [1, 2, 3, 4, 5], begins: "08:00", ends: "18:00" };

export interface Row extends Span {
  readonly days: readonly number[];
}

/** The rows of these hours, in the order of their first days. */
export function rowsOf(hours: readonly WeeklySpan[]): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const { day, begins, ends } of [...hours].sort((one, other) => one.day - other.day)) {
    const days = rows.get(`${begins} ${ends}`)?.days ?? [];
    rows.set(`${begins} ${ends}`, { days: days.includes(day) ? days : [...days, day], begins, ends });
  }
  return [...rows.values()];
}

/** The hours of these rows. */
export function hoursOf(rows: readonly Row[]): readonly WeeklySpan[] {
  return rows.flatMap(({ days, begins, ends }) => days.map((day) => ({ day, begins, ends })));
}

/** The row with this day in it, or no longer. */
export function toggled(row: Row, day: number): Row {
  const days = row.days.includes(day) ? row.days.filter((one) => one !== day) : [...row.days, day];
  return { ...row, days: days.sort((one, other) => one - other) };
}

/** Whether each row can be kept. */
export function complete(rows: readonly Row[]): boolean {
  return rows.every(({ days, begins, ends }) => days.length > 0 && begins !== "" && ends !== "");
}
