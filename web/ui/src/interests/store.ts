import { type ReadonlySignal, signal } from "@preact/signals";
import type { Api } from "../http/api.ts";
import { told } from "../http/told.ts";
import { type Draft, wishOf } from "./draft.ts";
import type { OwnInterests } from "./types.ts";
import "../words/more/interests.ts";

const PATH = "/api/me/interests";

/** One's interests, as the server has them. Every method resolves with a sentence where it could not be done. */
export class InterestStore {
  readonly #api: Pick<Api, "get" | "post" | "delete">;
  readonly #all = signal<OwnInterests | null>(null);

  constructor(api: Pick<Api, "get" | "post" | "delete">) {
    this.#api = api;
  }

  /** Null until the server has answered. */
  get all(): ReadonlySignal<OwnInterests | null> {
    return this.#all;
  }

  read(): Promise<string | undefined> {
    return told("interests.failed", () => this.#read());
  }

  /** Declare an interest, in place of the entry `replaces` where one is changed. */
  declare(draft: Draft, replaces?: string): Promise<string | undefined> {
    return told("interests.failed", async () => {
      await this.#api.post(PATH, wishOf(draft, replaces));
      await this.#read();
    });
  }

  withdraw(entry: string): Promise<string | undefined> {
    return told("interests.failed", async () => {
      await this.#api.delete(`${PATH}/${entry}`);
      await this.#read();
    });
  }

  async #read(): Promise<void> {
    this.#all.value = await this.#api.get<OwnInterests>(PATH);
  }
}
