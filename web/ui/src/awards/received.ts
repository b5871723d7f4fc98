import { type ReadonlySignal, signal } from "@preact/signals";
import type { Api } from "../http/api.ts";
import { Newest } from "../http/newest.ts";
import { Problem } from "../http/problem.ts";
import { t } from "../words/words.ts";
import type { State } from "./given.ts";
import "../words/more/awards.ts";

export type Way = "blind" | "identified";
export type Form = "cash" | "cme" | "charity";

export const FORMS: readonly Form[] = ["cash", "cme", "charity"];

/**
 * An award as its author knows it. `payer`: the name, once they asked for it; `kind`: of the institution that pays.
 * `commitment`, `nonce`: hex; the first stands in the log of the case, and is made of the second and all else.
 */
export interface ReceivedAward {
  readonly room: string;
  readonly number: number;
  readonly target: string;
  readonly paid_cents: number;
  readonly currency: string;
  readonly revealed_at: number;
  readonly commitment: string;
  readonly nonce: string;
  readonly kind: string;
  readonly payer: string | null;
  readonly state: State;
  readonly void: string | null;
  readonly way: Way | null;
  readonly form: Form | null;
}

export interface Choice {
  readonly way: Way;
  readonly form: Form;
}

/** What was revealed to an author, and how they want their awards. */
export interface Received {
  readonly awards: readonly ReceivedAward[];
  readonly choice: Choice;
}

type Named = Pick<ReceivedAward, "room" | "number">;

/** One's own awards, as the server said last; null until it has. Each act resolves with what is wrong, if anything. */
export class ReceivedAwards {
  readonly #api: Pick<Api, "get" | "post" | "put">;
  readonly #newest = new Newest<Received>();
  readonly #received = signal<Received | null>(null);
  readonly #failed = signal(false);

  constructor(api: Pick<Api, "get" | "post" | "put">) {
    this.#api = api;
  }

  get received(): ReadonlySignal<Received | null> {
    return this.#received;
  }

  /** The server was not reached. */
  get failed(): ReadonlySignal<boolean> {
    return this.#failed;
  }

  /** Ask the server. */
  async read(): Promise<void> {
    try {
      await this.#newest.ask(
        () => this.#api.get<Received>("/api/me/awards"),
        (received) => {
          this.#received.value = received;
        },
      );
      this.#failed.value = false;
    } catch {
      this.#failed.value = true;
    }
  }

  /** Say how one wants awards; none is accepted by it. */
  choose(choice: Choice): Promise<string | undefined> {
    return this.#done(() => this.#api.put("/api/me/awards/choice", choice));
  }

  /** Ask who pays: from then on it is not blind any more. */
  name(award: Named): Promise<string | undefined> {
    return this.#done(() => this.#api.post(`${pathOf(award)}/payer`, {}));
  }

  /** Take an award: by name where one knows who pays, else blind. */
  accept(award: Named & Pick<ReceivedAward, "payer">, form: Form): Promise<string | undefined> {
    const way: Way = award.payer === null ? "blind" : "identified";
    return this.#done(() => this.#api.put(pathOf(award), { answer: "accept", way, form, payer: award.payer }));
  }

  decline(award: Named): Promise<string | undefined> {
    return this.#done(() => this.#api.put(pathOf(award), { answer: "decline" }));
  }

  async #done(act: () => Promise<unknown>): Promise<string | undefined> {
    try {
      await act();
    } catch (error) {
      return error instanceof Problem ? error.detail : t("awards.not_kept");
    }
    await this.read();
    return undefined;
  }
}

function pathOf({ room, number }: Named): string {
  return `/api/me/awards/${encodeURIComponent(room)}/${number}`;
}
