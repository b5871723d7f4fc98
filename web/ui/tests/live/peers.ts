/** What is on the other side of a client, in memory and by hand: a server at the end of a line, a disk, a screen. */

import { signal } from "@preact/signals";
import type { Records } from "../../src/live/reads.ts";
import type { OwnSanction, OwnSanctions } from "../../src/live/standing.ts";
import type { Deployment, Urgencies } from "../../src/live/urgency.ts";
import type { Preview } from "../../src/reach/interrupting.ts";
import type { Observed } from "../../src/room/people/observers.ts";
import type { Memory } from "../../src/room/store/memory.ts";
import type { Reads } from "../../src/room/store/ports.ts";
import type { By, ClientFrame, Entry, Limits, Me, ServerFrame } from "../../src/wire/frames.ts";
import type { AnswerTo, HealthState, Link, LinkState, Question, Signal } from "../../src/wire/link.ts";
import type { Command, Outbox, Waiting } from "../../src/wire/outbox.ts";
import { Down, type Refusal, Refused } from "../../src/wire/refusals.ts";
import type { CaseLine, Cases } from "../../src/worklist/ports.ts";
import { CASE } from "../room/story.ts";
import { stateOf } from "../room/summary.ts";

export const NOW = 1_800_000_999_000;

/** As the server ships them. */
export const URGENCIES: Urgencies = {
  behaviours: {
    stat: { pages: true, interrupts: true },
    asap: { pages: true, interrupts: true },
    urgent: { pages: true, interrupts: false },
    routine: { pages: false, interrupts: false },
  },
  manchester: { red: 0, orange: 10, yellow: 60, green: 120, blue: 240 },
};

export const ANA: Me = { person: "ana", handle: "dr_ana", role: "physician", specialty: "cardiology", tier: 3 };

interface Asked {
  readonly frame: Question;
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/** A line whose other end a test holds: it sees what was sent, and answers as it likes. */
export class PeerLink implements Link {
  readonly state = signal<LinkState>({ is: "connecting", attempt: 0 });
  readonly me = signal<Me | null>(null);
  readonly health = signal<HealthState>({ journal: "ok", backplane: "ok" });
  readonly limits = signal<Limits | null>(null);
  /** All that was sent on the connections so far. */
  readonly sent: ClientFrame[] = [];
  #asked: Asked[] = [];
  readonly #listeners = new Set<(frame: ServerFrame) => void>();

  /** The server's time. */
  time = NOW;

  now(): number {
    return this.time;
  }

  /** How long an answer is on its way, ms. */
  far = 0;

  round_trip_ms(): number {
    return this.far;
  }

  listen(take: (frame: ServerFrame) => void): () => void {
    this.#listeners.add(take);
    return () => this.#listeners.delete(take);
  }

  request<Q extends Question>(frame: Q): Promise<AnswerTo<Q>> {
    if (this.state.value.is !== "up") return Promise.reject(new Down());
    this.sent.push(frame);
    return new Promise((resolve, reject) => this.#asked.push({ frame, resolve, reject }));
  }

  send(frame: Signal): boolean {
    if (this.state.value.is !== "up") return false;
    this.sent.push(frame);
    return true;
  }

  retryNow(): void {
    this.up();
  }

  close(): void {
    this.down();
  }

  /** A connection, on which the server greets `me`. */
  up(me: Me = ANA): void {
    const limits = { frame_bytes: 65_536, text_chars: 8_000, commands_per_s: 10 };
    this.me.value = me;
    this.state.value = { is: "up" };
    this.tell({ t: "welcome", me, node: "n1", time: NOW, heartbeat_s: 6, limits });
  }

  /** The connection is gone, and every answer with it. */
  down(): void {
    const asked = this.#asked;
    this.#asked = [];
    this.state.value = { is: "waiting", retry_at: NOW };
    for (const { reject } of asked) reject(new Down());
  }

  /** The server says something. */
  tell(frame: ServerFrame): void {
    for (const take of this.#listeners) take(frame);
    if (frame.t !== "joined" && frame.t !== "left" && frame.t !== "ack") return;
    const asked = this.#take(frame.re);
    asked?.resolve(frame as never);
  }

  /** The server says no to the last question of this kind. */
  async refuse(t: Question["t"], refusal: Refusal): Promise<void> {
    this.#take(this.last(t).id)?.reject(new Refused(refusal));
    await settled();
  }

  /** The last question of this kind that was asked. */
  last<K extends Question["t"]>(t: K): Extract<Question, { t: K }> {
    const found = this.sent.findLast((frame) => frame.t === t);
    if (found === undefined) throw new RangeError(`no ${t} was sent`);
    return found as Extract<Question, { t: K }>;
  }

  /** How many frames of this kind were sent. */
  count(t: ClientFrame["t"]): number {
    return this.sent.filter((frame) => frame.t === t).length;
  }

  #take(id: string | undefined): Asked | undefined {
    const found = this.#asked.find(({ frame }) => frame.id === id);
    this.#asked = this.#asked.filter((asked) => asked !== found);
    return found;
  }
}

/** An outbox of which a test decides what becomes of the commands. */
export class PeerOutbox implements Outbox {
  readonly waiting = signal<readonly Waiting[]>([]);
  readonly recorded = signal<ReadonlySet<string>>(new Set());
  readonly opened = signal<ReadonlyMap<string, string>>(new Map());
  readonly durable = signal(true);
  closed = false;

  async put(command: Command): Promise<Waiting> {
    const made_at = NOW + this.waiting.value.length;
    const what = command.t === "open_case" ? { room: null, frame: command } : { room: command.room, frame: command };
    const waiting: Waiting = { id: command.id, made_at, state: "waiting", ...what };
    this.waiting.value = [...this.waiting.value, waiting];
    return waiting;
  }

  /** It is on record. */
  acked(id: string): void {
    this.recorded.value = new Set([...this.recorded.value, id]);
    this.forget(id);
  }

  /** It is here no more, and nobody says why. */
  forget(id: string): void {
    this.waiting.value = this.waiting.value.filter((waiting) => waiting.id !== id);
  }

  async dismiss(id: string): Promise<void> {
    this.forget(id);
  }

  async clear(): Promise<void> {
    this.waiting.value = [];
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}

/** A server's answers over HTTP, of one room with `log` and of lists of cases. */
export class PeerReads implements Reads, Cases, Records, OwnSanctions, Deployment {
  imposed: readonly OwnSanction[] = [];
  otherwise: Urgencies = URGENCIES;
  log: readonly Entry[] = [];
  pages: (readonly CaseLine[])[] = [];
  asked: string[] = [];
  broken = false;
  /** Answers are made when they are asked for, and come when this is through. */
  held: Promise<void> = Promise.resolve();

  async events(room: string, after: number, limit: number): Promise<readonly Entry[]> {
    this.#ask(`${room} ${after} ${limit}`);
    return this.log.slice(after, after + limit);
  }

  async whole(room: string): Promise<Awaited<ReturnType<Reads["whole"]>>> {
    this.#ask(room);
    const whole = { case: CASE, state: stateOf(this.log), seq: this.log.length };
    await this.held;
    return whole;
  }

  async sanctions(): Promise<readonly OwnSanction[]> {
    this.#ask("sanctions");
    const imposed = this.imposed;
    await this.held;
    return imposed;
  }

  async urgencies(): Promise<Urgencies> {
    this.#ask("urgencies");
    return this.otherwise;
  }

  async observed(): Promise<readonly Observed[]> {
    return [];
  }

  async ringable(_room: string, handle: string): Promise<By> {
    return { person: handle, handle };
  }

  async interrupts(): Promise<Preview> {
    return { rings: 0, groups: { on_call: 0, present: 0, others: 0 }, passed_over: {} };
  }

  async open(after: string | null): ReturnType<Cases["open"]> {
    this.#ask(after ?? "first");
    const n = after === null ? 0 : Number(after);
    const page = { cases: this.pages[n] ?? [], next: n + 1 < this.pages.length ? String(n + 1) : null };
    await this.held;
    return page;
  }

  #ask(what: string): void {
    this.asked.push(what);
    if (this.broken) throw new Error("not reached");
  }
}

/** What a browser keeps. */
export class PeerMemory implements Memory {
  readonly kept = new Map<string, string>();

  get(key: string): string | null {
    return this.kept.get(key) ?? null;
  }

  set(key: string, value: string): void {
    this.kept.set(key, value);
  }

  forget(beginning: string): void {
    for (const key of [...this.kept.keys()]) if (key.startsWith(beginning)) this.kept.delete(key);
  }
}

/** A screen whose frames a test paints. */
export class PeerScreen {
  #next: (() => void)[] = [];

  readonly schedule = (run: () => void): void => {
    this.#next.push(run);
  };

  paint(): void {
    const now = this.#next;
    this.#next = [];
    for (const run of now) run();
  }
}

/** All that was promised and can be kept by now has been. */
export async function settled(): Promise<void> {
  for (let n = 0; n < 20; n++) await Promise.resolve();
}
