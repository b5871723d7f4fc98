import { intl } from "../words/locale.ts";

const percent = new Intl.NumberFormat(intl, { style: "percent" });

/** A share of 1 in percent, as the reader's language writes it. */
export const shareOf = (share: number): string => percent.format(share);
