/** The link of a page: one connection after the other, with the waits between them, until there is no sense in more. */

import { batch, signal } from "@preact/signals";
import { Api } from "../http/api.ts";
import { Problem } from "../http/problem.ts";
import { Backoff } from "./backoff.ts";
import { ServerClock } from "./clock.ts";
import { Connection, NOT_A_FRAME } from "./connection.ts";
import type { Limits, Me, ServerFrame, Welcome } from "./frames.ts";
import { laterStream } from "./later.ts";
import type { AnswerTo, EndedWhy, HealthState, Link, LinkState, Question, Signal } from "./link.ts";
import { Questions } from "./questions.ts";
import { Down } from "./refusals.ts";
import { socketLine } from "./socket.ts";
import type { Surroundings } from "./surroundings.ts";
import { Way } from "./way.ts";

/** A connection of this age held. */
const HELD_MS = 10_000;
const KNOWN_WITHIN_MS = 5_000;

/** The close codes after which to come back is of no use. All others say: come back. */
const ENDINGS: Readonly<Record<number, EndedWhy>> = {
  1002: "outdated",
  1007: "outdated",
  1009: "outdated",
  [NOT_A_FRAME]: "outdated",
  4401: "signed_out",
  4403: "withdrawn",
};
/** The close codes that ask for a while of rest, ms. */
const RESTS_MS: Readonly<Record<number, number>> = { 4429: 5_000 };

const WELL: HealthState = { journal: "ok", backplane: "ok" };

/**
 * The link to the server that this page came from; it connects at once. `signed_in: false`, where nobody is known to
 * be: it begins as one that has ended so, and waits for `retryNow`.
 */
export function openLink(surroundings: Surroundings, signed_in = true): Link {
  return new Reconnecting(surroundings, signed_in);
}

class Reconnecting implements Link {
  readonly state = signal<LinkState>({ is: "connecting", attempt: 0 });
  readonly me = signal<Me | null>(null);
  readonly health = signal<HealthState>(WELL);
  readonly limits = signal<Limits | null>(null);

  readonly #surroundings: Surroundings;
  readonly #api: Api;
  readonly #backoff: Backoff;
  readonly #clock: ServerClock;
  readonly #way: Way;
  readonly #questions = new Questions();
  readonly #listeners = new Set<(frame: ServerFrame) => void>();
  readonly #given_back = new AbortController();
  #connection: Connection | null = null;
  #inquiry: AbortController | null = null;
  #up_since: number | null = null;
  #bye_ms: number | null = null;
  #callOff: () => void = () => {};

  constructor(surroundings: Surroundings, signed_in: boolean) {
    this.#surroundings = surroundings;
    this.#api = new Api(surroundings);
    this.#backoff = new Backoff(surroundings.random);
    this.#clock = new ServerClock(surroundings.now);
    this.#way = new Way(surroundings);
    this.#heedThePage();
    if (signed_in) this.#connect();
    else this.state.value = { is: "ended", why: "signed_out" };
  }

  now(): number {
    return this.#clock.now();
  }

  round_trip_ms(): number {
    return this.#clock.round_trip_ms;
  }

  listen(take: (frame: ServerFrame) => void): () => void {
    this.#listeners.add(take);
    return () => {
      this.#listeners.delete(take);
    };
  }

  request<Q extends Question>(frame: Q): Promise<AnswerTo<Q>> {
    if (this.#up_since === null) return Promise.reject(new Down());
    const answer = this.#questions.asked(frame);
    this.#connection?.send(frame);
    return answer;
  }

  send(frame: Signal): boolean {
    if (this.#up_since === null) return false;
    this.#connection?.send(frame);
    return true;
  }

  retryNow(): void {
    if (this.state.value.is === "up") this.#connection?.doubt();
    else this.#connect();
  }

  close(): void {
    this.#given_back.abort();
    this.#hangUp();
    this.#questions.down();
  }

  #heedThePage(): void {
    const { window, document } = this.#surroundings;
    const { signal } = this.#given_back;
    window.addEventListener("online", () => this.#wake(true), { signal });
    window.addEventListener("offline", () => this.#doze(), { signal });
    window.addEventListener("pageshow", () => this.#wake(), { signal });
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#wake(), {
      signal,
    });
  }

  /** `anew`: what was begun before the network came back may never end. */
  #wake(anew = false): void {
    const { is } = this.state.value;
    if (is === "up") this.#connection?.doubt();
    else if (is !== "ended" && (is !== "connecting" || anew)) this.#connect();
  }

  #doze(): void {
    if (this.state.value.is === "up") this.#connection?.doubt();
    else if (this.state.value.is === "waiting") this.state.value = { is: "offline" };
  }

  #connect(): void {
    this.#hangUp();
    // Tried all the same: a server on this very machine needs no network.
    if (this.state.value.is !== "offline" || this.#surroundings.online())
      this.state.value = { is: "connecting", attempt: this.#backoff.tries };
    const owner = {
      received: (frame: ServerFrame) => this.#received(frame),
      closed: (code: number) => this.#lost(code),
    };
    const open = this.#way.choose() ? laterStream : socketLine;
    this.#connection = new Connection(this.#surroundings, this.#clock, owner, open);
  }

  #hangUp(): void {
    this.#callOff();
    this.#inquiry?.abort();
    this.#inquiry = null;
    this.#connection?.end();
    this.#connection = null;
    this.#up_since = null;
  }

  #received(frame: ServerFrame): void {
    if (frame.t === "welcome" && !this.#welcomed(frame)) return;
    if (frame.t === "me") this.me.value = frame.me;
    if (frame.t === "health") this.health.value = { journal: frame.journal, backplane: frame.backplane };
    if (frame.t === "bye") this.#bye_ms = frame.retry_after_ms;
    this.#questions.take(frame);
    for (const take of this.#listeners) take(frame);
  }

  #welcomed({ me, limits }: Welcome): boolean {
    if (me.person !== (this.me.value ?? me).person) {
      this.#end("signed_out");
      return false;
    }
    this.#way.greeted();
    this.#up_since = this.#surroundings.now();
    this.#bye_ms = null;
    batch(() => {
      this.me.value = me;
      this.limits.value = limits;
      this.health.value = WELL;
      this.state.value = { is: "up" };
    });
    return true;
  }

  #lost(code: number): void {
    const up_since = this.#up_since;
    this.#hangUp();
    const why = ENDINGS[code];
    if (why) this.#end(why);
    else if (up_since === null) void this.#inquire();
    else this.#rest(up_since, RESTS_MS[code] ?? 0);
    this.#questions.down();
  }

  /** A handshake that was refused for want of a sign-in looks to a page like any other that failed. */
  async #inquire(): Promise<void> {
    const inquiry = new AbortController();
    this.#inquiry = inquiry;
    const asking = { signal: inquiry.signal, within_ms: KNOWN_WITHIN_MS };
    const known = await this.#api
      .get<Current>("/api/sessions/current", asking)
      .then((current) => this.#reached(current), isKnown);
    if (inquiry !== this.#inquiry) return;
    if (known) this.#wait(this.#backoff.delay_ms());
    else this.#end("signed_out");
  }

  /** The server answers: that the line led nowhere may be the network's doing. */
  #reached(current: Current): boolean {
    const known = mayEnter(current);
    if (known) this.#way.failed();
    return known;
  }

  #rest(up_since: number, least_ms: number): void {
    if (this.#surroundings.now() - up_since >= HELD_MS) this.#backoff.reset();
    this.#wait(this.#bye_ms ?? Math.max(least_ms, this.#backoff.delay_ms()));
  }

  #wait(delay_ms: number): void {
    const retry_at = this.#surroundings.now() + delay_ms;
    this.state.value = this.#surroundings.online() ? { is: "waiting", retry_at } : { is: "offline" };
    this.#callOff = this.#surroundings.after(delay_ms, () => this.#connect());
  }

  #end(why: EndedWhy): void {
    this.#hangUp();
    this.state.value = { is: "ended", why };
  }
}

function isKnown(error: unknown): boolean {
  return !(error instanceof Problem && error.status === 401);
}

/** Whoever has to set up a second factor first is known, but not let in. */
function mayEnter(current: Current): boolean {
  return !current.scopes?.includes("enrol");
}

interface Current {
  readonly scopes?: readonly string[];
}
