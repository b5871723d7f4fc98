import { untracked } from "@preact/signals";
import type { Schedule } from "../room/store/batched.ts";
import type { ServerFrame } from "../wire/frames.ts";
import type { Link } from "../wire/link.ts";
import type { Wish } from "../worklist/lines.ts";
import type { Cases } from "../worklist/ports.ts";
import type { WorklistStore } from "../worklist/store.ts";
import type { Watching } from "../worklist/watching.ts";
import { Linger } from "./linger.ts";

const LINGERS_MS = 30_000;

interface Around {
  readonly link: Link;
  readonly cases: Cases;
  readonly schedule: Schedule;
}

type Maker = typeof import("../worklist/watching.ts");

let maker: Maker | undefined;

/** Fetch what the worklist is made of. Until then there can be none. */
export async function prepareWorklists(): Promise<void> {
  maker ??= await import("../worklist/watching.ts");
}

/** The worklist of this page. There is one at a time, as the server tells each connection of one wish. */
export class Worklists {
  readonly #around: Around;
  readonly #linger = new Linger(LINGERS_MS);
  readonly #unheed: readonly (() => void)[];
  #now: { readonly wish: string; readonly watching: Watching } | null = null;

  constructor(around: Around) {
    this.#around = around;
    this.#unheed = [
      around.link.listen((frame) => this.#received(frame)),
      around.link.state.subscribe(({ is }) => {
        if (is !== "up") this.#now?.watching.away();
      }),
    ];
  }

  /** The worklist of `wish`, once it is prepared: the same as before, if it is the same wish and not long ago. */
  watch(wish: Wish): WorklistStore {
    const name = JSON.stringify([wish.specialties ?? [], wish.languages ?? []]);
    this.#linger.hold(name);
    return this.#now?.wish === name ? this.#now.watching : untracked(() => this.#turnTo(name, wish));
  }

  close(): void {
    for (const unheed of this.#unheed) unheed();
    this.#end();
  }

  #turnTo(name: string, wish: Wish): Watching {
    if (!maker) throw new Error("worklists are not prepared");
    this.#end();
    const letGo = () =>
      this.#linger.letGo(
        name,
        () => false,
        () => this.#now?.wish === name && this.#end(),
      );
    const watching = new maker.Watching(wish, this.#around, letGo);
    this.#now = { wish: name, watching };
    watching.connected();
    return watching;
  }

  #end(): void {
    this.#now?.watching.end();
    this.#now = null;
  }

  #received(frame: ServerFrame): void {
    if (frame.t === "welcome") this.#now?.watching.connected();
    if (frame.t === "counts") this.#now?.watching.counted(frame);
    if (frame.t === "me") this.#now?.watching.connected();
    if (frame.t === "case") this.#now?.watching.received(frame);
  }
}
