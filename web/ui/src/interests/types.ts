/** An entry that one declared. Dates are years, months or days; no `until`: it goes on. `at` is Unix ms. */
export interface Declared {
  readonly id: string;
  readonly at: number;
  readonly act: "declared" | "changed" | "withdrawn";
  readonly payer: string;
  readonly payer_kind: string;
  readonly payer_id?: string;
  readonly nature: string;
  readonly products?: readonly string[];
  readonly since: string;
  readonly until?: string;
  readonly band: string;
}

/** What a payer gave in a programme year, as Open Payments has it. `natures`: US cents, the largest first. */
export interface Given {
  readonly payer: string;
  readonly payer_id: string;
  readonly year: number;
  readonly cents: number;
  readonly payments: number;
  readonly natures: Readonly<Record<string, number>>;
  readonly products: readonly string[];
}

/** All that the server keeps of one's interests, and what one may choose from. */
export interface OwnInterests {
  readonly natures: readonly string[];
  readonly payer_kinds: readonly string[];
  readonly bands: readonly string[];
  readonly declared: readonly Declared[];
  readonly history: readonly Declared[];
  readonly imported: readonly Given[];
  readonly disputed: readonly { readonly payer: string; readonly year: number; readonly cents: number }[];
}

/** An interest of somebody that is in force. */
export interface Held {
  readonly payer: string;
  readonly nature: string;
  readonly since: string;
  readonly source: "declared" | "imported";
  readonly products?: readonly string[];
}
