/** The pages that ring one person on this page: in which order they are shown, and which are not shown any more. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Notices, Told } from "../live/notices.ts";
import type { Acuity } from "../wire/frames.ts";

/** `lapsed`: others are asked by now; it may still be taken. `ended`: it cannot be any more. */
export type CallState = "rings" | "lapsed" | "ended";

export interface Call {
  readonly notice: string;
  readonly room: string;
  readonly page: string;
  readonly acuity: Acuity;
  /** What calls, made by the server: nothing that somebody wrote. */
  readonly title: string;
  /** Since when it rings, and until when, Unix ms. */
  readonly at: number;
  readonly deadline_at: number | null;
  readonly state: CallState;
  readonly ended: Told["ended"];
}

interface Around extends Pick<Notices, "see"> {
  readonly all: ReadonlySignal<readonly Told[]>;
}

const RANKS: Readonly<Record<Acuity, number>> = { stat: 0, asap: 1, urgent: 2, routine: 3 };
const STATES: readonly CallState[] = ["rings", "lapsed", "ended"];

export class Calls {
  readonly #notices: Around;
  readonly #held = signal<ReadonlySet<string>>(new Set());
  readonly #answered = signal<string>();
  readonly #away = signal<ReadonlySet<string>>(new Set());
  /**
   * What is being answered, then what can be before what cannot, then the most urgent, then whose time is over first.
   */
  readonly shown: ReadonlySignal<readonly Call[]>;

  /** `now`: the server's time, in Unix ms. */
  constructor(notices: Around, now: ReadonlySignal<number>) {
    this.#notices = notices;
    this.shown = computed(() =>
      notices.all.value
        .filter(({ notice, seen }) => !this.#away.value.has(notice) && (!seen || this.#held.value.has(notice)))
        .flatMap((told) => callOf(told, now.value))
        .toSorted((one, other) => this.#inHand(other) - this.#inHand(one) || inOrder(one, other)),
    );
  }

  /** One looks at a call here: it rings on no other device from now on, and stays on this one. */
  look(notice: string): void {
    if (this.#held.peek().has(notice)) return;
    this.#held.value = new Set(this.#held.peek()).add(notice);
    this.#notices.see(notice);
  }

  /** Whether its answer is being written here: nothing takes its place until that ends, or it is put away. */
  answering(notice: string, whether: boolean): void {
    if (whether) this.#answered.value = notice;
    else if (this.#answered.peek() === notice) this.#answered.value = undefined;
  }

  /** Whether somebody has looked at it here. */
  looked(notice: string): boolean {
    return this.#held.value.has(notice);
  }

  /** It is not shown here any more. */
  putAway(notice: string): void {
    this.#away.value = new Set(this.#away.peek()).add(notice);
    this.#notices.see(notice);
  }

  #inHand({ notice }: Call): number {
    return Number(this.#answered.value === notice);
  }
}

function callOf({ notice, kind, room, page, text, at, ended, ...told }: Told, now: number): readonly Call[] {
  if (kind !== "page" || !room || !page) return [];
  const acuity = isAcuity(told.acuity) ? told.acuity : "urgent";
  const deadline_at = told.deadline_at ?? null;
  const state = ended ? "ended" : deadline_at !== null && deadline_at <= now ? "lapsed" : "rings";
  return [{ notice, room, page, acuity, title: headline(text), at, deadline_at, state, ended }];
}

function isAcuity(level: string | undefined): level is Acuity {
  return level !== undefined && Object.hasOwn(RANKS, level);
}

/** The first sentence; the others tell whoever reads it on a lock screen what to do. */
function headline(text: string): string {
  return text.split(". ", 1)[0]?.replace(/\.$/, "") ?? text;
}

function inOrder(one: Call, other: Call): number {
  return (
    STATES.indexOf(one.state) - STATES.indexOf(other.state) ||
    RANKS[one.acuity] - RANKS[other.acuity] ||
    (one.deadline_at ?? one.at) - (other.deadline_at ?? other.at)
  );
}
