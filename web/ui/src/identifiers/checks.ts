/** What a find must be besides its shape: realtime/rooms/identifiers/checks.py. */
import { HOSTS, STATES } from "./rulebook.ts";

type Check = (found: string) => boolean;

const MOST_LABELS = 4;
const NHS = [10, 9, 8, 7, 6, 5, 4, 3, 2];
const PESEL = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3];
const NORWEGIAN = [
  [3, 7, 6, 1, 8, 9, 4, 5, 2, 1],
  [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1],
];
const VIN_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ";
const VIN_VALUES = "12345678123457923456789";
const VIN_WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
const DNI = "TRWAGMYFPDXBNJZSQVHLCKE";
const VERHOEFF =
  "0123456789 1234067895 2340178956 3401289567 4012395678 5987604321 6598710432 7659821043 8765932104 9876543210".split(
    " ",
  );
const VERHOEFF_PLACES = "0123456789 1576283094 5803796142 8916043527 9453126870 4286573901 2793806415 7046913258".split(
  " ",
);

/** Whether `found` is what `check` names; everything is where none is named. */
export function passes(check: string | undefined, found: string): boolean {
  return check === undefined || (CHECKS[check]?.(found) ?? true);
}

function digits(found: string): number[] {
  return [...found].filter((c) => c >= "0" && c <= "9").map(Number);
}

function numbers(found: string): number[] {
  return (found.match(/[0-9]+/g) ?? []).map(Number);
}

function sum(weights: readonly number[], values: readonly number[]): number {
  return weights.reduce((total, weight, n) => total + weight * (values[n] ?? 0), 0);
}

function between(value: number | undefined, least: number, most: number): boolean {
  return value !== undefined && value >= least && value <= most;
}

function isDate(day: number | undefined, month: number | undefined): boolean {
  return between(day, 1, 31) && between(month, 1, 12);
}

function date(found: string): boolean {
  const [one = 0, other = 0, year = 0] = numbers(found);
  const separators = found.replace(/[0-9]/g, "");
  const plain = year >= 100 || separators[0] === "/" || one >= 10 || other >= 10;
  const years = between(year, 1880, 2100) || (year < 100 && plain);
  return separators[0] === separators[1] && years && (isDate(one, other) || isDate(other, one));
}

function isoDate(found: string): boolean {
  const [year, month, day] = numbers(found);
  return between(year, 1880, 2100) && isDate(day, month);
}

function yearMonth(found: string): boolean {
  const [year, month] = numbers(found);
  return between(year, 1900, 2100) && found.length === 7 && between(month, 1, 12);
}

function dayMonth(found: string): boolean {
  const [one, other] = numbers(found);
  return isDate(one, other) || isDate(other, one);
}

function compactDate(found: string): boolean {
  const [a, b, c, d] = [found.slice(0, 4), found.slice(4, 6), found.slice(6), found.slice(4)].map(Number);
  const [day, month] = [found.slice(0, 2), found.slice(2, 4)].map(Number);
  return (between(a, 1900, 2100) && isDate(c, b)) || (between(d, 1900, 2100) && isDate(day, month));
}

function luhn(found: string): boolean {
  const doubled = digits(found)
    .reverse()
    .map((digit, n) => (n % 2 ? digit * 2 : digit));
  return doubled.some(Boolean) && doubled.reduce((all, one) => all + (one > 9 ? one - 9 : one), 0) % 10 === 0;
}

function nhs(found: string): boolean {
  const all = digits(found);
  const rest = 11 - (sum(NHS, all) % 11);
  return rest !== 10 && rest % 11 === all[9];
}

function npi(found: string): boolean {
  return "12".includes(found[0] ?? "-") && luhn(`80840${found}`);
}

function norwegian(found: string): boolean {
  const all = digits(found);
  const [a = 0, b = 0, c = 0, d = 0] = all;
  const agree = NORWEGIAN.every((weights) => sum([...weights, 1], all) % 11 === 0);
  return isDate((a % 4) * 10 + b, (c % 4) * 10 + d) && agree;
}

function pesel(found: string): boolean {
  const all = digits(found);
  return (10 - (sum(PESEL, all) % 10)) % 10 === all[10];
}

function birthNumber(found: string): boolean {
  const first = found.slice(0, -5);
  const six = first.slice(-6);
  const [a = 0, b = 0, c = 0] = [six.slice(0, 2), six.slice(2, 4), six.slice(4)].map(Number);
  const swedish = isDate(c % 60, b) && luhn(six + found.slice(-4));
  return swedish || (first.length === 6 && found.at(-5) === "-" && isDate(a, b));
}

function bsn(found: string): boolean {
  const all = digits(found);
  return (sum([9, 8, 7, 6, 5, 4, 3, 2], all) - (all[8] ?? 0)) % 11 === 0;
}

function nir(found: string): boolean {
  const number = digits(found).join("");
  const key = number.length === 13 || 97 - (Number(number.slice(0, 13)) % 97) === Number(number.slice(13));
  return "12".includes(number[0] ?? "-") && between(Number(number.slice(3, 5)), 1, 12) && key;
}

function verhoeff(found: string): boolean {
  const all = digits(found).reverse();
  return all.reduce((check, digit, n) => Number(VERHOEFF[check]?.[Number(VERHOEFF_PLACES[n % 8]?.[digit])]), 0) === 0;
}

function cpf(found: string): boolean {
  const all = digits(found);
  const check = (n: number) =>
    ((all.slice(0, n).reduce((total, digit, i) => total + (n + 1 - i) * digit, 0) * 10) % 11) % 10;
  return check(9) === all[9] && check(10) === all[10];
}

function iban(found: string): boolean {
  const packed = found.replaceAll(" ", "").toUpperCase();
  if (!between(packed.length, 15, 34) || !/^[A-Z0-9]+$/.test(packed)) return false;
  const number = [...(packed.slice(4) + packed.slice(0, 4))].map((c) => Number.parseInt(c, 36)).join("");
  return [...number].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}

function gtin(found: string): boolean {
  const all = digits(found).slice(2);
  return all.reduce((total, digit, n) => total + digit * (n % 2 ? 1 : 3), 0) % 10 === 0;
}

function vin(found: string): boolean {
  const values = [...found].map((c) => Number(/[0-9]/.test(c) ? c : VIN_VALUES[VIN_LETTERS.indexOf(c)]));
  const rest = sum(VIN_WEIGHTS, values) % 11;
  return !/^[0-9]+$/.test(found) && found[8] === (rest === 10 ? "X" : String(rest));
}

function url(found: string): boolean {
  const host = found.replace(/^[A-Za-z]+:\/\//, "").split(/[/?]/)[0] ?? "";
  const parts = host
    .toLowerCase()
    .replace(/^www\./, "")
    .replace(/[.,;:)]+$/, "")
    .split(".")
    .slice(-MOST_LABELS);
  return !parts.some((_, n) => HOSTS.has(parts.slice(n).join(".")));
}

function plate(found: string): boolean {
  const packed = found.replace(/[ -]/g, "");
  return between(packed.length, 4, 9) && /[0-9]/.test(packed) && /[^0-9]/.test(packed);
}

function phone0(found: string): boolean {
  return found.replace(/^\(+/, "")[0] === "0" && between(digits(found).length, 9, 11);
}

function nino(found: string): boolean {
  const packed = found.replaceAll(" ", "");
  return packed.length === 9 && "ABCD".includes(packed.at(-1) ?? "-") && digits(packed).length === 6;
}

function over89(found: string): boolean {
  return between(numbers(found)[0], 90, 130);
}

function least(count: number): Check {
  return (found) => digits(found).length >= count;
}

const CHECKS: Readonly<Record<string, Check>> = {
  birth_number: birthNumber,
  bsn,
  code: (found) => !found.endsWith("000"),
  compact_date: compactDate,
  cpf,
  date,
  day: (found) => between(numbers(found)[0], 1, 31),
  day_month: dayMonth,
  digits3: least(3),
  digits4: least(4),
  digits5: least(5),
  dni: (found) => DNI[Number(found.slice(0, 8)) % 23] === found.at(-1),
  gtin,
  iban,
  ip: (found) => numbers(found).every((part) => part <= 255),
  ip6: (found) => found.includes("::") || /[A-Fa-f]/.test(found),
  iso_date: isoDate,
  luhn,
  nhs,
  nino,
  nir,
  norwegian,
  npi,
  over89,
  over89_sex: (found) => over89(found) && "MF".includes(found.at(-1) ?? "-"),
  pesel,
  phone: (found) => between(digits(found).length, 8, 15),
  phone0,
  plate,
  postcode: (found) => found.length - found.indexOf(" ") - 1 === 3,
  state: (found) => STATES.has(found.slice(0, 2)),
  url,
  verhoeff,
  vin,
  year: (found) => between(numbers(found)[0], 10, 2100),
  year_month: yearMonth,
};
