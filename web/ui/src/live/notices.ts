import { computed, signal } from "@preact/signals";
import type { NoticeFrame, ServerFrame } from "../wire/frames.ts";
import type { Link } from "../wire/link.ts";
import type { Urgency } from "./urgency.ts";

type Frame = Omit<NoticeFrame, "t">;

/** A notice as this page has it. `at`: Unix ms. `ended`: it need not be looked at any more. */
export interface Told extends Frame {
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
  readonly unseen = computed(() => this.all.value.filter(({ seen, ended }) => !seen && !ended));
  /** Those that call their person, for a case that cannot wait, and were not looked at: they ring (src/alarm). */
  readonly calls = computed(() =>
    this.unseen.value.filter(({ kind, acuity }) => kind === "page" && this.#urgency.interrupts(acuity)),
  );
  readonly #link: Pick<Link, "send" | "listen">;
  readonly #urgency: Pick<Urgency, "interrupts" | "wanted">;
  readonly #unsaid = new Set<string>();
  readonly #unheed: () => void;

  constructor(link: Pick<Link, "send" | "listen">, urgency: Pick<Urgency, "interrupts" | "wanted">) {
    this.#link = link;
    this.#urgency = urgency;
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
    if (frame.t === "notice") this.#take(frame);
    if (frame.t === "notice_seen") this.#over(frame.notice);
    if (frame.t === "welcome") this.#resume();
  }

  /** Who was rung on a line that broke may be rung no more: the server answers what is over. */
  #resume(): void {
    for (const notice of [...this.#unsaid]) this.#say(notice);
    for (const { notice, kind } of this.unseen.peek())
      if (kind === "page") this.#link.send({ t: "noticed", notice, how: "delivered" });
  }

  /** Seen elsewhere, or over. Of what is known to have ended there is more to say. */
  #over(notice: string): void {
    this.#mark(
      this.unseen.peek().flatMap((one) => (one.notice === notice ? [notice] : [])),
      { seen: true },
    );
  }

  /** It comes again until the server knows that it came. */
  #take({ t: _, ...frame }: NoticeFrame): void {
    const { notice, kind, ended } = frame;
    if (kind === "page") this.#urgency.wanted();
    if (ended) this.#mark([notice], { ended });
    else this.#link.send({ t: "noticed", notice, how: "delivered" });
    if (ended || this.#told.peek().some((one) => one.notice === notice)) return;
    this.#told.value = [...this.#told.peek(), { ...frame, seen: false }];
  }

  #look(notices: readonly string[]): void {
    if (notices.length === 0) return;
    this.#mark(notices, { seen: true });
    for (const notice of notices) this.#say(notice);
  }

  #mark(notices: readonly string[], as: Partial<Told>): void {
    this.#told.value = this.#told.peek().map((one) => (notices.includes(one.notice) ? { ...one, ...as } : one));
  }

  #say(notice: string): void {
    if (this.#link.send({ t: "noticed", notice, how: "seen" })) this.#unsaid.delete(notice);
    else this.#unsaid.add(notice);
  }
}
