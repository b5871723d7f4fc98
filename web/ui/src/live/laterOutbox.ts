import { computed, signal } from "@preact/signals";
import type { Command, Outbox, Waiting } from "../wire/outbox.ts";
import type { Surroundings } from "../wire/surroundings.ts";

const TRIED_AGAIN_MS = 5_000;

/** An outbox whose script comes beside the screen: the line may go before the first sentence is written. */
export class LaterOutbox implements Outbox {
  readonly #own = signal<Outbox | null>(null);
  readonly #open: () => Promise<Outbox>;
  readonly #surroundings: Pick<Surroundings, "after">;
  #opening: Promise<Outbox> | null = null;
  #callOff: () => void = () => {};
  #over = false;

  readonly waiting = computed(() => this.#own.value?.waiting.value ?? []);
  readonly opened = computed(() => this.#own.value?.opened.value ?? new Map<string, string>());
  readonly durable = computed(() => this.#own.value?.durable.value ?? true);

  constructor(open: () => Promise<Outbox>, surroundings: Pick<Surroundings, "after">) {
    this.#open = open;
    this.#surroundings = surroundings;
    this.#begin();
  }

  /** Rejects where its script does not come: nothing was kept. */
  async put(command: Command): Promise<Waiting> {
    return (await this.#here()).put(command);
  }

  async dismiss(id: string): Promise<void> {
    await this.#own.value?.dismiss(id);
  }

  async clear(): Promise<void> {
    await (await this.#here()).clear();
  }

  async close(): Promise<void> {
    this.#over = true;
    this.#callOff();
    const own = await this.#opening?.catch(() => null);
    await own?.close();
  }

  #begin(): void {
    this.#here().catch(() => {
      if (!this.#over) this.#callOff = this.#surroundings.after(TRIED_AGAIN_MS, () => this.#begin());
    });
  }

  #here(): Promise<Outbox> {
    this.#opening ??= this.#open().then(
      (own) => {
        this.#own.value = own;
        return own;
      },
      (error: unknown) => {
        this.#opening = null;
        throw error;
      },
    );
    return this.#opening;
  }
}
