/** A browser in memory: its clock stands still until it is told to go on, its network is the test. */

import { decode, encode } from "@msgpack/msgpack";
import type { ClientFrame, Me, ServerFrame } from "../../src/wire/frames.ts";
import type { Surroundings } from "../../src/wire/surroundings.ts";

export const ANA: Me = { person: "ana", handle: "ana", role: "physician", specialty: "cardiology", tier: 2 };
export const BEN: Me = { person: "ben", handle: "ben", role: "physician", specialty: "neurology", tier: 2 };

/** What is due stays so until somebody lets the time pass. */
export class Clock {
  ms = 1_750_000_000_000;
  #timers: { at: number; act: () => void }[] = [];

  readonly now = (): number => this.ms;

  readonly after = (ms: number, act: () => void): (() => void) => {
    const timer = { at: this.ms + ms, act };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  /** Let time pass until `happened`. */
  async passUntil(happened: () => boolean): Promise<void> {
    while (!happened()) await this.pass(100);
  }

  /** Let `ms` pass, and all that falls due in them happen in its order. */
  async pass(ms: number): Promise<void> {
    const end = this.ms + ms;
    for (let timer = this.#next(end); timer; timer = this.#next(end)) {
      this.ms = Math.max(this.ms, timer.at);
      timer.act();
      await turn();
    }
    this.ms = end;
    await turn();
  }

  #next(end: number): { at: number; act: () => void } | undefined {
    const [first] = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
    this.#timers = this.#timers.filter((timer) => timer !== first);
    return first;
  }
}

/** Let what was promised come true. */
export function turn(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}

/** Resolves once `happened`; the test's own time limit is the only other end. */
export async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await turn();
}

/** A page's side of a WebSocket, with the server's side in the test's hand. */
export class Socket extends EventTarget {
  binaryType = "blob";
  readyState = 1;
  hungUp = false;
  readonly sent: ClientFrame[] = [];
  readonly url: string;
  readonly protocols: readonly string[];
  heard: (frame: ClientFrame) => void = () => {};

  constructor(url: string, protocols: readonly string[]) {
    super();
    this.url = url;
    this.protocols = protocols;
  }

  send(message: Uint8Array): void {
    if (this.readyState > 1) throw new Error("the socket is closing");
    const frame = decode(message) as ClientFrame;
    this.sent.push(frame);
    if (!this.hungUp) this.heard(frame);
  }

  close(): void {
    this.hungUp = true;
    this.readyState = 2;
  }

  /** The server has begun to close. */
  closing(): void {
    this.readyState = 2;
  }

  /** The server says `frame`. */
  say(frame: ServerFrame | { readonly t: string }): void {
    this.message(encode(frame).slice().buffer);
  }

  message(data: unknown): void {
    this.dispatchEvent(Object.assign(new Event("message"), { data }));
  }

  greet(me: Me = ANA, time = 1_750_000_000_000): void {
    const limits = { frame_bytes: 65_536, text_chars: 8_000, commands_per_s: 20 };
    this.say({ t: "welcome", me, node: "one", time, heartbeat_s: 20, limits });
  }

  /** The connection ends; a browser says 1006 where no close code came. */
  drop(code = 1006): void {
    this.dispatchEvent(Object.assign(new Event("close"), { code }));
  }

  asked(t: ClientFrame["t"]): ClientFrame[] {
    return this.sent.filter((frame) => frame.t === t);
  }
}

/** A page's side of an event stream, with the server's side in the test's hand. */
export class Stream extends EventTarget {
  hungUp = false;
  readonly url: string;

  constructor(url: string) {
    super();
    this.url = url;
  }

  close(): void {
    this.hungUp = true;
  }

  /** The server says `frame`, or what is named otherwise. */
  say(frame: unknown, name = "message"): void {
    const data = typeof frame === "string" ? frame : JSON.stringify(frame);
    this.dispatchEvent(Object.assign(new Event(name), { data }));
  }

  greet(me: Me = ANA): void {
    const limits = { frame_bytes: 65_536, text_chars: 8_000, commands_per_s: 20 };
    const time = 1_750_000_000_000;
    this.say({ t: "welcome", me, node: "one", time, heartbeat_s: 20, limits, connection: "one.key" });
  }

  /** The line is lost. */
  drop(): void {
    this.dispatchEvent(new Event("error"));
  }
}

function aborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, abort) => signal?.addEventListener("abort", () => abort(signal.reason)));
}

/** A tab's storage over `kept`. */
export function keeping(kept: Map<string, string>): NonNullable<Surroundings["session"]> {
  return { getItem: (name) => kept.get(name) ?? null, setItem: (name, text) => kept.set(name, text) };
}

type Fetching = (path: string, init: RequestInit) => Promise<Response>;

/** One page, and the sockets and streams that it opened. `luck` is what it draws for random. */
export class Page implements Surroundings {
  readonly sockets: Socket[] = [];
  readonly streams: Stream[] = [];
  readonly origin = "https://curbside.example";
  readonly window = new EventTarget();
  readonly document = Object.assign(new EventTarget(), { visibilityState: "visible" as DocumentVisibilityState });
  readonly now: () => number;
  readonly after: Surroundings["after"];
  alive = true;
  locks: Surroundings["locks"];
  session: Surroundings["session"] = keeping(new Map());
  luck = 0.5;
  networked = true;
  answer: Fetching = () => Promise.reject(new TypeError("Failed to fetch"));
  connected: (socket: Socket) => void = () => {};

  constructor(clock = new Clock()) {
    this.now = clock.now;
    this.after = (ms, act) => clock.after(ms, () => this.alive && act());
  }

  readonly dial: Surroundings["dial"] = (url, protocols) => {
    const socket = new Socket(url, protocols);
    this.sockets.push(socket);
    setImmediate(() => this.connected(socket));
    return socket as unknown as WebSocket;
  };
  readonly stream: Surroundings["stream"] = (url) => {
    const stream = new Stream(url);
    this.streams.push(stream);
    return stream as unknown as EventSource;
  };
  readonly random = (): number => this.luck;
  readonly online = (): boolean => this.networked;
  readonly fetch: typeof fetch = (input, init = {}) =>
    Promise.race([aborted(init.signal), this.answer(String(input), init)]);

  /** The socket that was opened last. */
  get socket(): Socket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error("This page has opened no connection.");
    return socket;
  }

  tell(event: "online" | "offline" | "pageshow"): void {
    this.window.dispatchEvent(new Event(event));
  }

  show(visibilityState: DocumentVisibilityState): void {
    Object.assign(this.document, { visibilityState });
    this.document.dispatchEvent(new Event("visibilitychange"));
  }
}
