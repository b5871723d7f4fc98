import { type ReadonlySignal, signal } from "@preact/signals";
import type { Api } from "../http/api.ts";
import { Problem } from "../http/problem.ts";
import { t } from "../words/words.ts";
import "../words/more/observer.ts";

/** An institution as moderators see it. Times are Unix ms; `agreement` is 0 while there is none. */
export interface Institution {
  readonly name: string;
  readonly kind: string;
  readonly seats: number;
  readonly taken: number;
  readonly hours: number;
  readonly used_s: number;
  readonly term_end: number;
  readonly agreement: number;
  readonly suspended_at: number | null;
  readonly suspended_why: string;
}

/** All institutions, as the server said last; null until it has. `wrong`: why it could not be asked. */
export class InstitutionList {
  readonly #api: Pick<Api, "get" | "post">;
  readonly #all = signal<readonly Institution[] | null>(null);
  readonly #wrong = signal<string | undefined>(undefined);

  constructor(api: Pick<Api, "get" | "post">) {
    this.#api = api;
  }

  get all(): ReadonlySignal<readonly Institution[] | null> {
    return this.#all;
  }

  get wrong(): ReadonlySignal<string | undefined> {
    return this.#wrong;
  }

  /** Ask the server. */
  async read(): Promise<void> {
    this.#wrong.value = await this.#told(async () => {
      const { institutions } = await this.#api.get<{ institutions: readonly Institution[] }>("/api/institutions");
      this.#all.value = institutions;
    });
  }

  /** End all access of an institution. Resolves with what is wrong, if anything. */
  suspend(name: string, why: string): Promise<string | undefined> {
    return this.#changed(name, "suspend", { why });
  }

  /** End a suspension. Resolves with what is wrong, if anything. */
  resume(name: string): Promise<string | undefined> {
    return this.#changed(name, "resume", {});
  }

  #changed(name: string, act: string, content: unknown): Promise<string | undefined> {
    return this.#told(async () => {
      const changed = await this.#api.post<Institution>(
        `/api/institutions/${encodeURIComponent(name)}/${act}`,
        content,
      );
      this.#all.value = this.#all.value?.map((one) => (one.name === name ? changed : one)) ?? null;
    });
  }

  async #told(work: () => Promise<void>): Promise<string | undefined> {
    try {
      await work();
      return undefined;
    } catch (error) {
      return error instanceof Problem ? error.detail : t("observer.institutions_failed");
    }
  }
}
