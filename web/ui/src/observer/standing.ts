import { type ReadonlySignal, signal } from "@preact/signals";
import type { Api } from "../http/api.ts";

/** A version of an agreement: its text, or where that is kept. */
export interface AgreementText {
  readonly version: number;
  readonly text: string;
  readonly place: string;
  readonly digest: string;
}

/** How an observer stands. Without an institution there is only its name and `refusal`. */
export interface Standing {
  readonly institution: string;
  /** What stands in the way of all observers of the institution, as a sentence; null where nothing does. */
  readonly refusal: string | null;
  readonly kind?: string;
  readonly purposes?: readonly string[];
  readonly products?: readonly string[];
  readonly embargo_days?: number;
  readonly seats?: number;
  readonly hours?: number;
  readonly used_s?: number;
  readonly term_end?: number;
  readonly agreement?: AgreementText | null;
  readonly accepted?: boolean;
}

/** An observer's own agreement, as the server said last; null until it has. */
export class OwnAgreement {
  readonly #api: Pick<Api, "get" | "post">;
  readonly #standing = signal<Standing | null>(null);
  readonly #state = signal<"loading" | "ready" | "failed" | "accepting">("loading");

  constructor(api: Pick<Api, "get" | "post">) {
    this.#api = api;
  }

  get standing(): ReadonlySignal<Standing | null> {
    return this.#standing;
  }

  get state(): ReadonlySignal<"loading" | "ready" | "failed" | "accepting"> {
    return this.#state;
  }

  /** Ask the server. */
  async read(): Promise<void> {
    await this.#settle("loading", async () => {
      this.#standing.value = await this.#api.get<Standing>("/api/agreement");
    });
  }

  /** Accept the version that is in force, and read what holds then. */
  async accept(): Promise<void> {
    const version = this.#standing.value?.agreement?.version;
    if (version === undefined || this.#state.value === "accepting") return;
    await this.#settle("accepting", async () => {
      await this.#api.post(`/api/agreements/${version}/accept`, {});
      this.#standing.value = await this.#api.get<Standing>("/api/agreement");
    });
  }

  async #settle(state: "loading" | "accepting", work: () => Promise<void>): Promise<void> {
    this.#state.value = state;
    try {
      await work();
      this.#state.value = "ready";
    } catch {
      this.#state.value = "failed";
    }
  }
}

/** Whether the observer is shown cases. */
export function reads(standing: Standing): boolean {
  return standing.refusal === null && standing.accepted === true;
}

/** How many whole hours are left of the plan. */
export function hoursLeft({ hours = 0, used_s = 0 }: Standing): number {
  return Math.max(0, Math.floor(hours - used_s / 3_600));
}
