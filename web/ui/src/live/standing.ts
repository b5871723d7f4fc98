import { batch, computed, signal } from "@preact/signals";
import { now } from "../design/tick.ts";
import type { ServerFrame } from "../wire/frames.ts";
import type { Link } from "../wire/link.ts";

/** What moderators imposed on the one who reads. Times are Unix ms; `until` null: for good. */
export interface OwnSanction {
  readonly id: string;
  readonly kind: "warn" | "mute" | "suspend" | "ban";
  readonly reason: string;
  readonly at: number;
  readonly until: number | null;
  readonly lifted_at: number | null;
  readonly lifted_reason: string | null;
}

/** Where that is read. Rejects where the server says no or is not reached. */
export interface OwnSanctions {
  sanctions(): Promise<readonly OwnSanction[]>;
}

/**
 * What moderators imposed on the person of this page. It is asked for once somebody wants to know, and again when the
 * server tells that something has changed, or may have told it while there was no line.
 */
export class Standing {
  /** The newest first; null until it is known. */
  readonly all = signal<readonly OwnSanction[] | null>(null);
  /** By which they are muted at this moment: of several the one that lasts longest. */
  readonly muted = computed(() => longest((this.all.value ?? []).filter((one) => mutes(one, now.value))));
  /** The server was not reached when it was asked last. */
  readonly failed = signal(false);
  readonly #source: OwnSanctions;
  readonly #unheed: () => void;
  #wanted = false;
  #asked = false;
  #turn = 0;

  constructor(link: Pick<Link, "listen">, source: OwnSanctions) {
    this.#source = source;
    this.#unheed = link.listen((frame) => this.#received(frame));
  }

  /** Somebody wants to know. What fails is asked again by the next who does. */
  wanted(): void {
    this.#wanted = true;
    if (!this.#asked) void this.#ask();
  }

  close(): void {
    this.#unheed();
  }

  /** Moderators' doings come with a notice; what was refused may have been for one that has not come yet. */
  #received(frame: ServerFrame): void {
    const moderated = frame.t === "notice" && frame.kind === "moderation";
    const back = frame.t === "welcome" && this.#wanted;
    if (moderated || back || (frame.t === "error" && frame.code === "forbidden")) void this.#ask();
  }

  /** Of several answers on their way only that to the last question counts. */
  async #ask(): Promise<void> {
    this.#asked = true;
    this.#turn += 1;
    const turn = this.#turn;
    try {
      const all = await this.#source.sanctions();
      if (turn === this.#turn) this.#answered(all);
    } catch {
      if (turn !== this.#turn) return;
      this.#asked = false;
      this.failed.value = true;
    }
  }

  #answered(all: readonly OwnSanction[]): void {
    batch(() => {
      this.all.value = all;
      this.failed.value = false;
    });
  }
}

function mutes({ kind, until, lifted_at }: OwnSanction, at: number): boolean {
  return kind === "mute" && lifted_at === null && (until === null || until > at);
}

function longest(sanctions: readonly OwnSanction[]): OwnSanction | null {
  const end = ({ until }: OwnSanction) => until ?? Number.POSITIVE_INFINITY;
  return sanctions.reduce<OwnSanction | null>((most, one) => (most && end(most) >= end(one) ? most : one), null);
}
