import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Me } from "../wire/frames.ts";
import type { Command, Outbox, Waiting } from "../wire/outbox.ts";

/** The outbox of whoever is signed in on this page: of who was last, until the server says who it is. */
export class SignedInOutbox implements Outbox {
  readonly #own = signal<Outbox | null>(null);
  readonly #open: (person: string) => Outbox;
  readonly #unheed: () => void;
  #person: string | null = null;

  readonly waiting = computed(() => this.#own.value?.waiting.value ?? []);
  readonly recorded = computed(() => this.#own.value?.recorded.value ?? new Set<string>());
  readonly opened = computed(() => this.#own.value?.opened.value ?? new Map<string, string>());
  readonly durable = computed(() => this.#own.value?.durable.value ?? true);

  constructor(open: (person: string) => Outbox, last: string | null, me: ReadonlySignal<Me | null>) {
    this.#open = open;
    if (last !== null) this.#turnTo(last);
    this.#unheed = me.subscribe((now) => now !== null && this.#turnTo(now.person));
  }

  /** While nobody is known, it waits for somebody. */
  async put(command: Command): Promise<Waiting> {
    return (await this.#somebodys()).put(command);
  }

  async dismiss(id: string): Promise<void> {
    await this.#own.value?.dismiss(id);
  }

  async clear(): Promise<void> {
    await this.#own.value?.clear();
  }

  async close(): Promise<void> {
    this.#unheed();
    await this.#own.value?.close();
  }

  #turnTo(person: string): void {
    if (person === this.#person) return;
    void this.#own.value?.close();
    this.#person = person;
    this.#own.value = this.#open(person);
  }

  #somebodys(): Promise<Outbox> {
    return new Promise((resolve) => {
      const stop = this.#own.subscribe((own) => {
        if (own === null) return;
        resolve(own);
        queueMicrotask(() => stop());
      });
    });
  }
}
