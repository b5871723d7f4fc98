import { type ReadonlySignal, signal } from "@preact/signals";
import type { Api } from "../http/api.ts";
import { Problem } from "../http/problem.ts";
import { t } from "../words/words.ts";
import "../words/more/adverse.ts";

/** A report as it stands with one institution, or with none that declared its product. Times are Unix ms. */
export interface AdverseEvent {
  readonly id: string;
  readonly room: string;
  readonly patient: string;
  readonly reporter: string;
  readonly product: string;
  readonly event: string;
  readonly reported_at: number;
  readonly due_at: number;
  readonly institution: string | null;
  readonly acknowledged_at: number | null;
}

/** Those that one is told of, as the server said last; null until it has. */
export class AdverseEvents {
  readonly #api: Pick<Api, "get" | "post">;
  readonly #now: () => number;
  readonly #all = signal<readonly AdverseEvent[] | null>(null);
  readonly #here = signal<ReadonlySet<string>>(new Set());
  readonly #failed = signal(false);

  constructor(api: Pick<Api, "get" | "post">, now: () => number = Date.now) {
    this.#api = api;
    this.#now = now;
  }

  get all(): ReadonlySignal<readonly AdverseEvent[] | null> {
    return this.#all;
  }

  /** The server was not reached. */
  get failed(): ReadonlySignal<boolean> {
    return this.#failed;
  }

  /** Those that wait, and those acknowledged since they were read: what has the focus stays where it is. */
  get open(): readonly AdverseEvent[] {
    return (this.#all.value ?? []).filter((one) => !this.#settled(one));
  }

  /** Those that were acknowledged before they were read. */
  get settled(): readonly AdverseEvent[] {
    return (this.#all.value ?? []).filter((one) => this.#settled(one));
  }

  /** Ask the server. */
  async read(): Promise<void> {
    try {
      const answer = await this.#api.get<{ adverse_events: readonly AdverseEvent[] }>("/api/adverse-events");
      this.#here.value = new Set();
      this.#all.value = answer.adverse_events;
      this.#failed.value = false;
    } catch {
      this.#failed.value = true;
    }
  }

  /** Say that one's institution knows of it. Resolves with what is wrong, if anything. */
  async acknowledge({ id }: AdverseEvent): Promise<string | undefined> {
    try {
      await this.#api.post(`/api/adverse-events/${encodeURIComponent(id)}/acknowledge`, {});
    } catch (error) {
      return error instanceof Problem ? error.detail : t("adverse.not_kept");
    }
    const acknowledged_at = this.#now();
    this.#here.value = new Set([...this.#here.peek(), id]);
    this.#all.value = this.#all.peek()?.map((one) => (one.id === id ? { ...one, acknowledged_at } : one)) ?? null;
    return undefined;
  }

  #settled({ id, acknowledged_at }: AdverseEvent): boolean {
    return acknowledged_at !== null && !this.#here.value.has(id);
  }
}
