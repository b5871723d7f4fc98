import { intl } from "../words/locale.ts";

/** A sum of cents as the reader's language writes it. */
export function money(cents: number, currency: string): string {
  return new Intl.NumberFormat(intl, { style: "currency", currency }).format(cents / 100);
}

/** What an observer chooses from: the least, the most, and what is between them, in whole units. */
export function sums({ least_cents, most_cents }: { least_cents: number; most_cents: number }): readonly number[] {
  const between = Math.round((least_cents + most_cents) / 200) * 100;
  return [...new Set([least_cents, between, most_cents])].filter((one) => one >= least_cents && one <= most_cents);
}
