/** Shares, differences and chances as the reader's language writes them. */
import { intl } from "../words/locale.ts";

const shares = new Intl.NumberFormat(intl, { style: "percent", maximumFractionDigits: 1 });
const differences = new Intl.NumberFormat(intl, { maximumFractionDigits: 0, signDisplay: "exceptZero" });
const decimals = new Intl.NumberFormat(intl, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const chances = new Intl.NumberFormat(intl, { minimumFractionDigits: 2, maximumFractionDigits: 3 });

const LEAST_P = 0.001;
/** As wide as the plus. */
const MINUS = "\u2212";

/** A share of 1: "12.5%". */
export const share = (value: number): string => shares.format(value);
/** A difference of shares in percentage points: "+12". */
export const points = (value: number): string => differences.format(100 * value).replace("-", MINUS);
/** A number from 0 to 1 that is no share: "0.42". */
export const decimal = (value: number): string => decimals.format(value);
/** A p: "0.034", "< 0.001". */
export const chance = (p: number): string => (p < LEAST_P ? `< ${chances.format(LEAST_P)}` : chances.format(p));
/** So many of so many: "3/40". */
export const of = (some: number, all: number): string => `${some}/${all}`;
