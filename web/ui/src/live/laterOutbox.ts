import { computed, signal } from "@preact/signals";
import type { Command, Outbox, Waiting } from "../wire/outbox.ts";
import type { Surroundings } from "../wire/surroundings.ts";
import type { Stash } from "./stash.ts";

/** What the page needs first goes first. */
const BEGUN_AFTER_MS = 5_000;
const TRIED_AGAIN_MS = 5_000;
/** Who does something here may soon want to send something. */
const TOUCHES = ["pointerdown", "keydown"];

/**
 * An outbox whose script comes behind the screen: once something is done here, or a while later. What is put in before
 * is kept in a stash, for the line may go before the script came.
 */
export class LaterOutbox implements Outbox {
  readonly #own = signal<Outbox | null>(null);
  readonly #open: () => Promise<Outbox>;
  readonly #stash: Stash;
  readonly #surroundings: Pick<Surroundings, "after" | "window">;
  #opening: Promise<Outbox> | null = null;
  #callOff: () => void = () => {};
  #over = false;

  readonly waiting = computed(() => united(this.#own.value?.waiting.value ?? [], this.#stash.waiting.value));
  readonly recorded = computed(() => this.#own.value?.recorded.value ?? new Set<string>());
  readonly opened = computed(() => this.#own.value?.opened.value ?? new Map<string, string>());
  readonly durable = computed(() => (this.#own.value?.durable.value ?? true) && this.#stash.durable.value);

  /** `left`: an earlier page may have left something in it, so that it is fetched at once. */
  constructor(
    open: () => Promise<Outbox>,
    stash: Stash,
    surroundings: Pick<Surroundings, "after" | "window">,
    left: boolean,
  ) {
    this.#open = open;
    this.#stash = stash;
    this.#surroundings = surroundings;
    if (left || stash.waiting.peek().length > 0) this.#begin();
    else this.#await();
  }

  async put(command: Command): Promise<Waiting> {
    if (this.#own.peek() !== null) return (await this.#here()).put(command);
    const waiting = this.#stash.put(command);
    this.#begin();
    return waiting;
  }

  async dismiss(id: string): Promise<void> {
    await this.#own.value?.dismiss(id);
  }

  async clear(): Promise<void> {
    this.#stash.clear();
    await (await this.#here()).clear();
  }

  async close(): Promise<void> {
    this.#over = true;
    this.#callOff();
    const own = await this.#opening?.catch(() => null);
    await own?.close();
  }

  #await(): void {
    const { after, window } = this.#surroundings;
    const begun = new AbortController();
    const begin = () => this.#begin();
    for (const touch of TOUCHES) window.addEventListener(touch, begin, { signal: begun.signal });
    const callOff = after(BEGUN_AFTER_MS, begin);
    this.#callOff = () => {
      begun.abort();
      callOff();
    };
  }

  /** Fetch it, until it is here. */
  #begin(): void {
    this.#callOff();
    if (this.#opening) return;
    this.#here().catch(() => {
      if (!this.#over) this.#callOff = this.#surroundings.after(TRIED_AGAIN_MS, () => this.#begin());
    });
  }

  /** The outbox, once it has what was put in before. */
  #here(): Promise<Outbox> {
    this.#opening ??= this.#open().then(
      async (own) => {
        this.#own.value = own;
        await this.#stash.handTo(own);
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

/** What is handed over is in both for a moment. */
function united(own: readonly Waiting[], stashed: readonly Waiting[]): readonly Waiting[] {
  const ids = new Set(own.map(({ id }) => id));
  return [...own, ...stashed.filter(({ id }) => !ids.has(id))];
}
