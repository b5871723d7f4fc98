/** The tabs of one browser, and the server that they all talk to; the database and the channel are shared. */

import "fake-indexeddb/auto";
import { Api } from "../../src/http/api.ts";
import type { Ack, ClientFrame, ErrorFrame, Me } from "../../src/wire/frames.ts";
import type { Link } from "../../src/wire/link.ts";
import { openOutbox } from "../../src/wire/outbox/open.ts";
import type { CommandFrame, Outbox, Waiting } from "../../src/wire/outbox.ts";
import { openLink } from "../../src/wire/reconnecting.ts";
import type { Refusal } from "../../src/wire/refusals.ts";
import { ANA, Clock, Page, type Socket, turn, until } from "./browser.ts";

/** The browser's locks: whoever waits for one gets it when its holder lets go, or is no more. */
class Locks {
  readonly #held = new Map<string, () => void>();
  readonly #queues = new Map<string, (() => void)[]>();

  request(name: string, ...args: unknown[]): Promise<unknown> {
    const held = args.at(-1) as () => unknown;
    const { signal } = args[0] as { signal?: AbortSignal };
    return new Promise((done, failed) => {
      signal?.addEventListener("abort", () => failed(signal.reason));
      const hold = async () => {
        const gone = new Promise<void>((end) => this.#held.set(name, end));
        await Promise.race([held(), gone]);
        this.#free(name);
        done(undefined);
      };
      if (this.#held.has(name)) this.#queues.set(name, [...(this.#queues.get(name) ?? []), hold]);
      else void hold();
    });
  }

  #free(name: string): void {
    this.#held.delete(name);
    const [next, ...others] = this.#queues.get(name) ?? [];
    this.#queues.set(name, others);
    next?.();
  }

  /** All that are held now; they die with the tab that holds them. */
  get held(): ReadonlyMap<string, () => void> {
    return new Map(this.#held);
  }
}

/** Puts each command on record once, unless `refusals` has something for its id. */
export class Server {
  readonly record: string[] = [];
  readonly heard: string[] = [];
  readonly refusals = new Map<string, Refusal[]>();
  /** Whether its answers arrive. */
  answering = true;

  hear(socket: Socket, frame: ClientFrame): void {
    if (!("id" in frame)) return;
    this.heard.push(frame.id);
    const answer = this.#answer(frame.id);
    if (this.answering) socket.say(answer);
  }

  #answer(re: string): Ack | Omit<ErrorFrame, "retry_after_ms" | "spans" | "field"> {
    const refusal = this.refusals.get(re)?.shift();
    if (refusal) return { t: "error", re, ...refusal };
    const duplicate = this.record.includes(re);
    if (!duplicate) this.record.push(re);
    return { t: "ack", re, room: "r", seq: this.record.indexOf(re) + 1, at: 1, duplicate };
  }
}

export class Tab {
  readonly page: Page;
  readonly link: Link;
  readonly outbox: Outbox;
  readonly asked: string[] = [];
  /** Why there is no seat, for rooms where there is none. */
  readonly shut = new Map<string, Refusal>();
  /** Whether the server can be reached from here. */
  reachable: boolean;
  /** Whether seats are asked for in vain. */
  pending = false;
  readonly #locks: ReadonlyMap<string, () => void>;

  constructor(browser: Browser, person: string, me: Me, reachable: boolean) {
    this.reachable = reachable;
    this.page = new Page(browser.clock);
    this.page.locks = browser.locks as unknown as LockManager;
    this.page.connected = (socket) => {
      socket.heard = (frame) => browser.server.hear(socket, frame);
      if (this.reachable) socket.greet(me, browser.clock.ms);
    };
    this.link = openLink(this.page);
    const before = browser.locks?.held;
    const rooms = { ready: async (room: string) => this.#ready(room) };
    this.outbox = openOutbox(person, { link: this.link, rooms, api: new Api(this.page), surroundings: this.page });
    const after = browser.locks?.held ?? new Map();
    this.#locks = new Map([...after].filter(([name]) => !before?.has(name)));
  }

  async #ready(room: string): Promise<Refusal | null> {
    this.asked.push(room);
    if (this.pending) return new Promise(() => {});
    return this.shut.get(room) ?? null;
  }

  /** Resolves once what waits is what `expected` says. */
  async waits(expected: (waiting: readonly Waiting[]) => boolean): Promise<void> {
    await until(() => expected(this.outbox.waiting.value));
  }

  /** The browser ends this tab as a crash would: nothing is tidied up. */
  die(): void {
    this.page.alive = false;
    this.link.close();
    for (const end of this.#locks.values()) end();
  }

  get texts(): string[] {
    return this.outbox.waiting.value.map(({ frame }) => ("text" in frame ? frame.text : frame.t));
  }
}

export class Browser {
  readonly clock = new Clock();
  readonly server = new Server();
  readonly tabs: Tab[] = [];
  locks: Locks | undefined = new Locks();

  /** A tab of `person`, whom the server takes for `me`. */
  open(person = "ana", me: Me = ANA, reachable = true): Tab {
    const tab = new Tab(this, person, me, reachable);
    this.tabs.push(tab);
    return tab;
  }

  /** A tab that has no connection until the network is back. */
  openOffline(person = "ana"): Tab {
    return this.open(person, ANA, false);
  }

  /** The network is back. */
  async reconnect(): Promise<void> {
    for (const tab of this.tabs) {
      tab.reachable = true;
      tab.page.tell("online");
    }
    await turn();
  }

  async close(): Promise<void> {
    for (const { link, outbox } of this.tabs) {
      link.close();
      await outbox.clear();
      await outbox.close();
    }
  }
}

let made = 0;

/** A post of `text`, under a fresh id. */
export function post(text: string, room = "r"): CommandFrame {
  made += 1;
  return { t: "post", id: `c${made}`, room, text };
}
