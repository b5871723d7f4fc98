import type { Declared } from "./types.ts";

/** What one writes before it is kept. `products` are names with commas between them. */
export interface Draft {
  readonly payer: string;
  readonly payer_kind: string;
  readonly payer_id: string;
  readonly nature: string;
  readonly products: string;
  readonly since: string;
  readonly until: string;
  readonly band: string;
}

const EMPTY: Draft = {
  payer: "",
  payer_kind: "",
  payer_id: "",
  nature: "",
  products: "",
  since: "",
  until: "",
  band: "",
};

/** The form of an entry, or an empty one. */
export function draftOf(entry?: Declared): Draft {
  if (!entry) return EMPTY;
  const { payer, payer_kind, nature, since, band, payer_id = "", until = "" } = entry;
  return { payer, payer_kind, payer_id, nature, products: (entry.products ?? []).join(", "), since, until, band };
}

/** Whether everything is there that must be. */
export function complete({ payer, payer_kind, nature, since, band }: Draft): boolean {
  return [payer, payer_kind, nature, since, band].every((one) => one.trim() !== "");
}

/** What is sent; `replaces` is the entry that is changed. */
export function wishOf(draft: Draft, replaces?: string): object {
  const { products, until, ...rest } = draft;
  const names = products
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  const since = draft.since.trim();
  const ends = until.trim();
  return { ...rest, since, products: names, ...(ends && { until: ends }), ...(replaces && { replaces }) };
}
