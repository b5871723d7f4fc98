import { type ReadonlySignal, signal } from "@preact/signals";
import type { Api } from "../http/api.ts";

export type State = "sealed" | "void" | "revealed" | "declined" | "accepted" | "payable" | "exported";

/** An award as its payer knows it. `at` is Unix ms. */
export interface GivenAward {
  readonly room: string;
  readonly number: number;
  readonly cents: number;
  readonly currency: string;
  readonly at: number;
  readonly state: State;
  readonly void: string | null;
}

export interface Budget {
  readonly year: number;
  readonly year_cents: number;
  readonly spent_cents: number;
}

/** What an observer's institution has awarded, and within which bounds it may. Without a budget it may not. */
export interface Given {
  readonly awards: readonly GivenAward[];
  readonly budget: Budget | null;
  readonly currency: string;
  readonly least_cents: number;
  readonly most_cents: number;
}

/** One's institution's awards, as the server said last; null until it has. */
export class GivenAwards {
  readonly #api: Pick<Api, "get">;
  readonly #given = signal<Given | null>(null);
  readonly #failed = signal(false);

  constructor(api: Pick<Api, "get">) {
    this.#api = api;
  }

  get given(): ReadonlySignal<Given | null> {
    return this.#given;
  }

  /** The server was not reached. */
  get failed(): ReadonlySignal<boolean> {
    return this.#failed;
  }

  /** Ask the server. */
  async read(): Promise<void> {
    try {
      this.#given.value = await this.#api.get<Given>("/api/awards");
      this.#failed.value = false;
    } catch {
      this.#failed.value = true;
    }
  }
}

/** What is left of a budget, in cents. */
export function left({ year_cents, spent_cents }: Budget): number {
  return Math.max(0, year_cents - spent_cents);
}
