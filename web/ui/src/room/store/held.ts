import type { Case, Entry, Joined } from "../../wire/frames.ts";
import { type Change, foldAhead } from "../fold/fold.ts";
import { disclosed } from "../fold/opinions.ts";
import { completed, type Poll, withBallots } from "../fold/polls.ts";
import { revised } from "../fold/revisable.ts";
import type { Room } from "../fold/room.ts";
import { concern } from "./concern.ts";
import { Listed } from "./listed.ts";
import { Loaded } from "./loaded.ts";
import type { Position } from "./log.ts";
import { loss, together } from "./loss.ts";
import { SEEN } from "./memory.ts";
import type { Around } from "./ports.ts";
import { Reading } from "./reading.ts";
import type { Older, Unread, WentBack } from "./store.ts";

const PAGE = 200;
const NOTHING = { pinned: [], plan: [], questions: [] };
const TEXTS = ["situation", "background", "assessment", "request"] as const;

/** What of a room may be another than before. */
export type HeldPart = "case" | "card" | "pinned" | "plan" | "polls" | "timeline" | "unread" | "older" | "wentBack";

/** What this page holds of a room's record, and what is new in it to one person. It tells `mark` what has changed. */
export class Held {
  loaded = new Loaded();
  case: Case | null = null;
  reading: Reading | null = null;
  older: Older = "none";
  wentBack: WentBack | null = null;
  readonly listed = new Listed();
  readonly #id: string;
  readonly #around: Around;
  readonly #mark: (...parts: readonly HeldPart[]) => void;
  #ahead: readonly Entry[] = [];
  #earlier: Loaded | null = null;
  #asking = false;

  constructor(id: string, around: Around, mark: (...parts: readonly HeldPart[]) => void) {
    this.#id = id;
    this.#around = around;
    this.#mark = mark;
  }

  /** From where on the server is to tell. */
  get position(): Position | null {
    return this.loaded.log.position;
  }

  /** What is new to this person. Before the first seat nothing is. */
  get unread(): Unread {
    return this.reading?.unread(this.loaded.log.first) ?? { after: 0, count: 0, at_least: false, concerning: [] };
  }

  /** The room with what was told ahead of its turn: what stands in its lists is as it will be. */
  get shown(): Room {
    return this.#ahead.length > 0 ? foldAhead(this.loaded.room, this.#ahead) : this.loaded.room;
  }

  /** The polls in the order in which they were opened. */
  get polls(): readonly Poll[] {
    return [...this.loaded.room.polls.values()].toSorted((one, other) => one.seq - other.seq);
  }

  /** Events come ahead of their turn; what lies before them is on its way. */
  tell(entries: readonly Entry[]): void {
    const known = new Set(this.#ahead.map(({ seq }) => seq));
    const fresh = entries.filter(({ seq }) => seq > this.loaded.log.seq && !known.has(seq));
    if (fresh.length === 0) return;
    this.#ahead = [...this.#ahead, ...fresh].toSorted((one, other) => one.seq - other.seq);
    this.#mark("card", "plan");
  }

  /** A seat was taken. Whether an event is missing. */
  joined(frame: Joined): boolean {
    if (!frame.resumed) this.#begin(frame);
    this.#renewCase(frame.case);
    return this.take(frame.events);
  }

  /** Take events as they come. Whether one is missing before those that were not taken. */
  take(entries: readonly Entry[]): boolean {
    const hole = this.loaded.take(
      entries,
      (entry, room) => this.#before(entry, room),
      (change) => this.#after(change),
    );
    this.#overtaken();
    return hole;
  }

  /** What was withheld of events that have come, or are older than what is loaded. */
  disclosed(entries: readonly Entry[]): void {
    const { room } = this.loaded;
    room.polls = withBallots(room.polls, entries);
    this.#mark("polls");
    if (room.card === null) return;
    room.card = { ...room.card, opinions: disclosed(room.card.opinions, entries) };
    this.#mark("card");
  }

  /** All that there was has come. `may_lag`: a shorter log than before is no loss. */
  caughtUp(may_lag: boolean): void {
    if (this.#earlier !== null) {
      this.wentBack = together(this.wentBack, loss(this.#earlier, this.loaded, may_lag));
      this.#earlier = null;
      this.#mark("wentBack");
    }
    void this.complete();
  }

  /** Load a page in front of what is loaded. */
  async loadOlder(): Promise<void> {
    const { loaded } = this;
    const limit = Math.min(PAGE, loaded.log.first - 1);
    if (limit <= 0 || this.older === "loading") return;
    this.#setOlder("loading");
    try {
      const page = await this.#around.reads.events(this.#id, loaded.log.first - 1 - limit, limit);
      if (loaded === this.loaded) this.#front(page);
    } catch {
      if (loaded === this.loaded) this.#setOlder("failed");
    }
  }

  /** Ask the server for what it has told in part only, if there is such. What fails is asked again when more comes. */
  async complete(): Promise<void> {
    const { loaded } = this;
    const lacking =
      this.case?.shortened === true || this.listed.incomplete(loaded.room) || this.polls.some((poll) => poll.shortened);
    if (!lacking || this.#asking) return;
    this.#asking = true;
    const whole = await this.#around.reads.whole(this.#id).catch(() => null);
    this.#asking = false;
    if (whole === null) return;
    if (loaded !== this.loaded) return this.complete();
    this.listed.take(whole.state, whole.seq);
    loaded.room.polls = completed(loaded.room.polls, whole.state, whole.seq);
    this.#renewCase(whole.case);
    this.#mark("pinned", "plan", "polls");
  }

  /** The server does not go on from what is held: what it has stands instead. */
  #begin(frame: Joined): void {
    if (this.position !== null) this.#earlier ??= this.loaded;
    const { case: of, seq, state } = frame;
    this.#ahead = [];
    this.loaded = state === undefined ? new Loaded() : new Loaded({ state, case: of, settled: seq });
    this.listed.take(state ?? NOTHING, seq);
    this.reading ??= this.#reading();
    this.reading.begin(seq);
    this.#mark("card", "pinned", "plan", "polls", "timeline", "unread");
    this.#setOlder("none");
  }

  #before(entry: Entry, { posts, settled }: Room): void {
    if (entry.kind === "opened") this.#opened(entry.body.case);
    if (entry.kind === "revised" && entry.seq > settled && this.case) this.#renewCase(revised(this.case, entry.body));
    this.#read(entry, posts);
    this.#mark("timeline", "unread");
    if (this.older === "none" && this.loaded.log.first > 1) this.#setOlder("some");
  }

  #after({ card, pins, plan, polls }: Change): void {
    if (card) this.#mark("card");
    if (pins) this.#mark("pinned");
    if (plan) this.#mark("plan");
    if (polls) this.#mark("polls");
  }

  #front(page: readonly Entry[]): void {
    this.loaded.front(page);
    const { log, room } = this.loaded;
    for (const entry of page) this.#read(entry, room.posts);
    const [first] = page;
    if (first?.kind === "opened") this.#opened(first.body.case);
    this.#setOlder(log.first > 1 ? "some" : "none");
    this.#mark("card", "pinned", "plan", "polls", "timeline", "unread");
  }

  #read(entry: Entry, posts: Room["posts"]): void {
    const me = this.#me;
    if (entry.by.person !== me) this.reading?.take(entry, concern(entry, posts, me));
  }

  /** What was told ahead and has come in its turn. */
  #overtaken(): void {
    if (this.#ahead.length === 0) return;
    this.#ahead = this.#ahead.filter(({ seq }) => seq > this.loaded.log.seq);
    this.#mark("card", "plan");
  }

  /** What is held of the case is as new as `opened`, or newer; it may lack the ends of its texts. */
  #opened(of: Case): void {
    const held = this.case;
    if (held === null) this.#renewCase(of);
    const { situation, background, assessment, request } = of;
    if (held?.shortened && TEXTS.every((name) => (of[name] ?? "").startsWith(held[name] ?? "")))
      this.#renewCase({
        ...held,
        situation,
        assessment,
        request,
        ...(background ? { background } : {}),
        shortened: false,
      });
  }

  /** A beginning never takes the place of the whole. */
  #renewCase(of: Case): void {
    if (of.shortened === true && this.case?.shortened === false) return;
    this.case = { shortened: false, ...of };
    this.#mark("case");
  }

  #setOlder(older: Older): void {
    this.older = older;
    this.#mark("older");
  }

  #reading(): Reading {
    return new Reading(this.#around.memory, `${SEEN}${this.#me}.${this.#id}`);
  }

  get #me(): string {
    return this.#around.link.me.value?.person ?? "";
  }
}
