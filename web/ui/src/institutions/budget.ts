import { type ReadonlySignal, signal } from "@preact/signals";
import type { Api } from "../http/api.ts";
import { told } from "../http/told.ts";
import "../words/more/budgets.ts";

/** What was to be paid at once. `at` is Unix ms. */
export interface Export {
  readonly number: number;
  readonly year: number;
  readonly at: number;
}

/** What an institution may award, null where nothing was set; and on which terms, which are settings of the server. */
export interface AwardBudget {
  readonly year_cents: number | null;
  readonly exports: readonly Export[];
  readonly currency: string;
  readonly least_cents: number;
  readonly most_cents: number;
  readonly case_cents: number;
  readonly author_cents: number;
  readonly policy: "flat" | "ppp" | "ppp_with_floor";
}

/** An award that an export pays, with the account that it goes to. */
export interface Payee {
  readonly person: string;
  readonly case: string;
  readonly post: string;
  readonly paid_cents: number;
  readonly form: "cash" | "cme" | "charity";
  readonly way: "blind" | "identified";
}

/** The cents of a sum as somebody types it: "2500", "2 500.50", "2500,5"; undefined where it is none. */
export function centsIn(typed: string): number | undefined {
  const found = /^(\d{1,12})(?:[.,](\d{1,2}))?$/.exec(typed.replace(/\s/g, ""));
  return found ? 100 * Number(found[1]) + Number((found[2] ?? "").padEnd(2, "0")) : undefined;
}

/** A sum of cents as it is typed. */
export function typedOf(cents: number | null): string {
  if (cents === null) return "";
  return cents % 100 === 0 ? String(cents / 100) : (cents / 100).toFixed(2);
}

/** The budget of one institution, as the server said last; null until it has. */
export class InstitutionBudget {
  readonly #api: Pick<Api, "get" | "put">;
  readonly #path: string;
  readonly #budget = signal<AwardBudget | null>(null);
  readonly #wrong = signal<string | undefined>(undefined);

  constructor(api: Pick<Api, "get" | "put">, institution: string) {
    this.#api = api;
    this.#path = `/api/institutions/${encodeURIComponent(institution)}`;
  }

  get budget(): ReadonlySignal<AwardBudget | null> {
    return this.#budget;
  }

  /** Why the server could not be asked. */
  get wrong(): ReadonlySignal<string | undefined> {
    return this.#wrong;
  }

  async read(): Promise<void> {
    this.#wrong.value = await told("budgets.failed", async () => {
      this.#budget.value = await this.#api.get<AwardBudget>(`${this.#path}/award-budget`);
    });
  }

  /** Let it award so much in each calendar year. Resolves with what is wrong, if anything. */
  set(year_cents: number): Promise<string | undefined> {
    return told("budgets.failed", async () => {
      const kept = await this.#api.put<{ year_cents: number }>(`${this.#path}/award-budget`, { year_cents });
      const before = this.#budget.value;
      if (before) this.#budget.value = { ...before, ...kept };
    });
  }

  /** Whom an export pays, or the sentence that says why that is not told. */
  async payees({ number }: Export): Promise<readonly Payee[] | string> {
    let found: readonly Payee[] = [];
    const wrong = await told("budgets.failed", async () => {
      found = (await this.#api.get<{ payees: readonly Payee[] }>(`${this.#path}/award-exports/${number}`)).payees;
    });
    return wrong ?? found;
  }
}
