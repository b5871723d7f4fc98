import { computed, signal } from "@preact/signals";
import type { NoticeFrame, ServerFrame } from "../wire/frames.ts";
import type { Link } from "../wire/link.ts";

/** A notice as this page has it. `at`: Unix ms. */
export interface Told
  extends Pick<NoticeFrame, "notice" | "kind" | "text" | "at" | "room" | "acuity" | "deadline_at" | "ended"> {
  readonly seen: boolean;
}

/**
 * What one person was told on this page, wherever they are. The server hears at once that a notice has come, and that it
 * was looked at when it was; what was looked at without a line is said on the next one.
 */
export class Notices {
  readonly #told = signal<readonly Told[]>([]);
  /** Newest first, also those that were looked at on this page. */
  readonly all = computed(() => this.#told.value.toSorted((one, other) => other.at - one.at));
  readonly unseen = computed(() => this.all.value.filter(({ seen }) => !seen));
  /** Those that call their person, for a case that cannot wait, and were not looked at: they ring (src/alarm). */
  readonly calls = computed(() => this.unseen.value.filter(rings));
  readonly #link: Pick<Link, "send" | "listen">;
  readonly #unsaid = new Set<string>();
  readonly #unheed: () => void;

  constructor(link: Pick<Link, "send" | "listen">) {
    this.#link = link;
    this.#unheed = link.listen((frame) => this.#received(frame));
  }

  /** One has looked at all that there is. */
  look(): void {
    this.#look(this.unseen.peek().map(({ notice }) => notice));
  }

  /** One has looked at this one. */
  see(notice: string): void {
    this.#look(this.unseen.peek().flatMap((one) => (one.notice === notice ? [notice] : [])));
  }

  close(): void {
    this.#unheed();
  }

  #received(frame: ServerFrame): void {
    if (frame.t === "notice" && frame.ended) this.#end(frame.notice, frame.ended);
    else if (frame.t === "notice") this.#take(frame);
    if (frame.t === "notice_seen") this.#mark([frame.notice]);
    if (frame.t === "welcome") for (const notice of [...this.#unsaid]) this.#say(notice);
  }

  /** It comes again until the server knows that it came. */
  #take(frame: NoticeFrame): void {
    this.#link.send({ t: "noticed", notice: frame.notice, how: "delivered" });
    if (this.#told.peek().some(({ notice }) => notice === frame.notice)) return;
    const { notice, kind, text, at, room, acuity, deadline_at } = frame;
    const told = { notice, kind, text, at, seen: false };
    const more = { ...(room && { room }), ...(acuity && { acuity }), ...(deadline_at && { deadline_at }) };
    this.#told.value = [...this.#told.peek(), { ...told, ...more }];
  }

  /** Nobody need look at it any more; who has read it reads on, with why. */
  #end(notice: string, ended: NonNullable<NoticeFrame["ended"]>): void {
    this.#told.value = this.#told.peek().map((one) => (one.notice === notice ? { ...one, seen: true, ended } : one));
  }

  #look(notices: readonly string[]): void {
    if (notices.length === 0) return;
    this.#mark(notices);
    for (const notice of notices) this.#say(notice);
  }

  #mark(notices: readonly string[]): void {
    this.#told.value = this.#told.peek().map((one) => (notices.includes(one.notice) ? { ...one, seen: true } : one));
  }

  #say(notice: string): void {
    if (this.#link.send({ t: "noticed", notice, how: "seen" })) this.#unsaid.delete(notice);
    else this.#unsaid.add(notice);
  }
}

/** Whether a notice calls its person away from what they do. */
function rings({ kind, acuity }: Told): boolean {
  return (kind === "page" || kind === "hand_over") && (acuity === "stat" || acuity === "asap");
}
