import { type ReadonlySignal, signal } from "@preact/signals";
import type { Api } from "../http/api.ts";
import type { ArchivedLine, ClosedLine, Page } from "./records.ts";

/** `failed`: what is shown is what came before; `retry` asks again. */
export type ListState = "loading" | "ready" | "failed";

/** The sealed cases that one may read, newest first, a page at a time, and those that are closed and not sealed yet. */
export class ArchivedLines {
  readonly #api: Pick<Api, "get">;
  readonly #state = signal<ListState>("loading");
  readonly #lines = signal<readonly ArchivedLine[]>([]);
  readonly #sealing = signal<readonly ClosedLine[]>([]);
  readonly #next = signal<string | null>(null);

  constructor(api: Pick<Api, "get">) {
    this.#api = api;
  }

  get state(): ReadonlySignal<ListState> {
    return this.#state;
  }

  get lines(): ReadonlySignal<readonly ArchivedLine[]> {
    return this.#lines;
  }

  get sealing(): ReadonlySignal<readonly ClosedLine[]> {
    return this.#sealing;
  }

  /** Where the next page begins; null where there is none. */
  get next(): ReadonlySignal<string | null> {
    return this.#next;
  }

  /** Read the first page; what was loaded beyond it stays. */
  async refresh(): Promise<void> {
    if (this.#lines.value.length === 0) this.#state.value = "loading";
    await this.#settle(async () => {
      const [closed, sealed] = await Promise.all([
        this.#api.get<Page<ClosedLine>>("/api/cases?status=closed"),
        this.#api.get<Page<ArchivedLine>>("/api/archive"),
      ]);
      const older = beyond(this.#lines.value, sealed);
      if (older.length === 0) this.#next.value = sealed.next;
      this.#lines.value = [...sealed.cases, ...older];
      this.#sealing.value = unsealed(closed.cases, sealed);
    });
  }

  /** Read the page after what is loaded. */
  async more(): Promise<void> {
    const after = this.#next.value;
    if (after === null || this.#state.value === "loading") return;
    this.#state.value = "loading";
    await this.#settle(async () => {
      const page = await this.#api.get<Page<ArchivedLine>>(`/api/archive?after=${encodeURIComponent(after)}`);
      this.#lines.value = [...this.#lines.value, ...page.cases];
      this.#next.value = page.next;
    });
  }

  async #settle(reading: () => Promise<void>): Promise<void> {
    try {
      await reading();
      this.#state.value = "ready";
    } catch {
      this.#state.value = "failed";
    }
  }
}

/** Of the lines that were loaded, those that are older than a first page which now has `next`. */
function beyond(loaded: readonly ArchivedLine[], first: Page<ArchivedLine>): readonly ArchivedLine[] {
  const last = loaded.findIndex((line) => line.id === first.next);
  return last < 0 ? [] : loaded.slice(last + 1);
}

/** The closed cases that are not sealed, as far back as the page of the sealed ones goes. */
export function unsealed(closed: readonly ClosedLine[], first: Page<ArchivedLine>): readonly ClosedLine[] {
  const sealed = new Set(first.cases.map((line) => line.id));
  const since = first.next === null ? 0 : (first.cases.at(-1)?.opened_at ?? 0);
  return closed.filter((line) => !sealed.has(line.id) && line.opened_at >= since);
}
