/** Spans, shares and months as the reader's language writes them. */
import { intl } from "../words/locale.ts";

const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;
/** From how many seconds on which unit is used: two of it tell more than a hundred of the one before. */
const UNITS = [
  { from_s: 2 * DAY_S, unit: "day", in_s: DAY_S },
  { from_s: 2 * HOUR_S, unit: "hour", in_s: HOUR_S },
  { from_s: 2 * MINUTE_S, unit: "minute", in_s: MINUTE_S },
  { from_s: 0, unit: "second", in_s: 1 },
] as const;
const FEW = 10;

const formats = new Map<string, Intl.NumberFormat>();
const short = new Intl.DateTimeFormat(intl, { month: "short", timeZone: "UTC" });
const brief = new Intl.DateTimeFormat(intl, { month: "short", year: "numeric", timeZone: "UTC" });
const long = new Intl.DateTimeFormat(intl, { month: "long", year: "numeric", timeZone: "UTC" });

const shares = new Intl.NumberFormat(intl, { style: "percent", maximumFractionDigits: 0 });
const decimals = new Intl.NumberFormat(intl, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** A share, 0 to 1: "72 %". */
export const percent = (value: number): string => shares.format(value);
/** A number with two decimals. */
export const decimal = (value: number): string => decimals.format(value);

/** A span of ms with two digits of its unit: "4.5 min", "45 sec". */
export function duration(ms: number): string {
  const { unit, in_s } = UNITS.find(({ from_s }) => ms / 1_000 >= from_s) ?? UNITS[3];
  const value = ms / 1_000 / in_s;
  return formatOf(unit, value < FEW && unit !== "second" ? 1 : 0).format(value);
}

/** A month, for an axis: "Nov". */
export const shortMonth = (month: string): string => short.format(new Date(`${month}-01T00:00Z`));
/** A month and its year, for a table: "Nov 2026". */
export const briefMonth = (month: string): string => brief.format(new Date(`${month}-01T00:00Z`));
/** A month in full: "November 2026". */
export const longMonth = (month: string): string => long.format(new Date(`${month}-01T00:00Z`));

function formatOf(unit: string, digits: number): Intl.NumberFormat {
  const key = `${unit} ${digits}`;
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.NumberFormat(intl, {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumFractionDigits: digits,
  });
  formats.set(key, format);
  return format;
}
