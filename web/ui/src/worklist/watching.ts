import { signal } from "@preact/signals";
import { Problem } from "../http/problem.ts";
import { Batched, type Schedule } from "../room/store/batched.ts";
import type { CaseFrame, Count, Counts } from "../wire/frames.ts";
import { newId } from "../wire/ids.ts";
import type { Link } from "../wire/link.ts";
import { Down, Refused } from "../wire/refusals.ts";
import { Lines, type Wish, wanted } from "./lines.ts";
import { inOrder } from "./order.ts";
import type { CaseLine, Cases } from "./ports.ts";
import type { Line, WorklistState, WorklistStore } from "./store.ts";

const FADES_MS = 4_000;
const COME_BACK_MS = 10_000;

/** The worklist, followed across connections. `unwatch` is called when no view shows it any more. */
export class Watching implements WorklistStore {
  readonly lines = signal<readonly Line[]>([]);
  readonly counts = signal<readonly Count[] | null>(null);
  readonly state = signal<WorklistState>("listing");
  readonly #wish: Wish;
  readonly #link: Pick<Link, "request" | "state">;
  readonly #cases: Cases;
  readonly #known = new Lines();
  readonly #screen: Batched<"lines">;
  readonly #unwatch: () => void;
  readonly #fading = new Map<string, ReturnType<typeof setTimeout>>();
  #turn = 0;
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(
    wish: Wish,
    around: { readonly link: Pick<Link, "request" | "state">; readonly cases: Cases; readonly schedule: Schedule },
    unwatch: () => void,
  ) {
    this.#wish = wish;
    this.#link = around.link;
    this.#cases = around.cases;
    this.#unwatch = unwatch;
    const show = () => {
      this.lines.value = inOrder(this.#known.all);
    };
    this.#screen = new Batched(around.schedule, { lines: show });
  }

  /** There is a connection: ask for frames, then for the list, so that nothing falls between the two. */
  connected(): void {
    if (this.#link.state.value.is === "up") void this.#follow(++this.#turn);
  }

  /** The connection is gone, and no answer comes on it. */
  away(): void {
    this.#turn += 1;
    clearTimeout(this.#again);
    if (this.state.value === "live") this.state.value = "stale";
  }

  received(frame: CaseFrame): void {
    if (frame.change === "closed") this.#closed(frame.room);
    else this.#known.tell(frame);
    this.#screen.mark("lines");
  }

  counted({ counts }: Counts): void {
    this.counts.value = counts;
  }

  retry(): void {
    this.connected();
  }

  close(): void {
    this.#unwatch();
  }

  /** Nobody needs this any more. */
  end(): void {
    this.away();
    for (const timer of this.#fading.values()) clearTimeout(timer);
    if (this.#link.state.value.is === "up") this.#link.request({ t: "unwatch", id: newId() }).catch(() => {});
  }

  async #follow(turn: number): Promise<void> {
    clearTimeout(this.#again);
    this.#known.listing();
    try {
      await this.#link.request({ t: "watch", id: newId(), ...this.#wish });
      const listed = await this.#list(turn);
      if (turn === this.#turn) this.#listed(listed);
    } catch (error) {
      if (turn === this.#turn && !(error instanceof Down)) this.#failed(error);
    }
  }

  async #list(turn: number): Promise<ReadonlySet<string>> {
    const listed = new Set<string>();
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<Cases["open"]>> = await this.#cases.open(after);
      if (turn !== this.#turn) break;
      const shown = page.cases.filter((line) => wanted(this.#wish, line));
      this.#take(shown, listed);
      after = page.next;
    } while (after !== null);
    return listed;
  }

  #take(page: readonly CaseLine[], listed: Set<string>): void {
    for (const { id } of page) listed.add(id);
    this.#known.list(page);
    this.#screen.mark("lines");
  }

  #listed(listed: ReadonlySet<string>): void {
    for (const room of this.#known.unlisted(listed)) this.#closed(room);
    this.#screen.mark("lines");
    this.#screen.renew();
    this.state.value = "live";
  }

  #failed(error: unknown): void {
    const later = error instanceof Refused || error instanceof Problem ? error.retry_after_ms : undefined;
    this.state.value = "failed";
    this.#again = setTimeout(() => this.connected(), later ?? COME_BACK_MS);
  }

  #closed(room: string): void {
    if (!this.#known.close(room)) return;
    const drop = () => {
      this.#fading.delete(room);
      this.#known.drop(room);
      this.#screen.mark("lines");
    };
    this.#fading.set(room, setTimeout(drop, FADES_MS));
  }
}
