import { type ReadonlySignal, signal } from "@preact/signals";
import type { Api } from "../http/api.ts";
import { Problem } from "../http/problem.ts";
import { t } from "../words/words.ts";
import "../words/more/webhooks.ts";

/** What became of one delivery. `at`: Unix ms; `error`: its class. */
export interface Result {
  readonly at: number;
  readonly state: "waiting" | "sent" | "failed" | "given_up" | "skipped";
  readonly attempts: number;
  readonly error?: string;
}

/** Where a hospital's own system is told. `address` is shortened; times are Unix ms. */
export interface Webhook {
  readonly institution: string;
  readonly id: string;
  readonly label: string;
  readonly address: string;
  readonly disabled_at?: number;
  /** The newest first. */
  readonly results: readonly Result[];
}

/** With which the other system verifies calls: the server tells it once. */
export interface Secret {
  readonly of: string;
  readonly secret: string;
}

type Asks = Pick<Api, "get" | "post" | "delete">;

/** The webhooks of all hospitals, read anew after each act. */
export class Webhooks {
  readonly #api: Asks;
  readonly #all = signal<readonly Webhook[] | null>(null);
  readonly #wrong = signal<string | undefined>(undefined);
  readonly #secret = signal<Secret | null>(null);

  constructor(api: Asks) {
    this.#api = api;
  }

  /** Null until the server has answered. */
  get all(): ReadonlySignal<readonly Webhook[] | null> {
    return this.#all;
  }

  /** Why the server could not be asked. */
  get wrong(): ReadonlySignal<string | undefined> {
    return this.#wrong;
  }

  /** Of the webhook that was added just now, until somebody has kept it. */
  get secret(): ReadonlySignal<Secret | null> {
    return this.#secret;
  }

  async read(): Promise<void> {
    this.#wrong.value = await told(() => this.#read());
  }

  /** This and the rest resolve with what is wrong, if anything. */
  add(institution: string, url: string, label: string): Promise<string | undefined> {
    return told(async () => {
      const made = await this.#api.post<Webhook & { secret: string }>(pathOf(institution), { url, label });
      this.#secret.value = { of: nameOf(made), secret: made.secret };
      return this.#read();
    });
  }

  kept(): void {
    this.#secret.value = null;
  }

  remove({ institution, id }: Webhook): Promise<string | undefined> {
    return told(async () => {
      await this.#api.delete(`${pathOf(institution)}/${id}`);
      return this.#read();
    });
  }

  test({ institution, id }: Webhook): Promise<string | undefined> {
    return told(async () => {
      const { error } = await this.#api.post<{ error: string | null }>(`${pathOf(institution)}/${id}/test`, {});
      await this.#read();
      return error === null ? undefined : t("webhooks.test_failed", { error });
    });
  }

  async #read(): Promise<undefined> {
    const { webhooks } = await this.#api.get<{ webhooks: readonly Webhook[] }>("/api/institutions/webhooks");
    this.#all.value = webhooks;
    return undefined;
  }
}

/** What it is called. */
export function nameOf({ label }: Pick<Webhook, "label">): string {
  return label || t("webhooks.webhook");
}

function pathOf(institution: string): string {
  return `/api/institutions/${encodeURIComponent(institution)}/webhooks`;
}

async function told(work: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await work();
  } catch (error) {
    return error instanceof Problem ? error.detail : t("webhooks.failed");
  }
}
