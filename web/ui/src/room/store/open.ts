import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type {
  By,
  Case,
  CaughtUp,
  Disclosed,
  Entry,
  EventFrame,
  Events,
  Join,
  Joined,
  Left,
  Presence as PresenceFrame,
  Provisional,
  TypingNow,
} from "../../wire/frames.ts";
import { newId } from "../../wire/ids.ts";
import type { CommandFrame, Waiting } from "../../wire/outbox.ts";
import { type Refusal, Refused } from "../../wire/refusals.ts";
import type { Card } from "../fold/card.ts";
import type { Poll } from "../fold/polls.ts";
import { refutedBy } from "../fold/refuting.ts";
import { Batched } from "./batched.ts";
import { Company } from "./company.ts";
import { Held, type HeldPart } from "./held.ts";
import type { Item } from "./item.ts";
import { Outgoing } from "./outgoing.ts";
import type { Around } from "./ports.ts";
import { Provisionals, together } from "./provisionals.ts";
import { NOBODY } from "./roster.ts";
import { SeenTeller } from "./seen.ts";
import type {
  Command,
  Fields,
  Older,
  OpenQuestion,
  PinnedPost,
  PlannedPost,
  RoomStore,
  SeatState,
  Unread,
  WentBack,
} from "./store.ts";
import { OwnTyping } from "./typing.ts";

/** As what a seat is asked for; the server chooses where it is left out. */
export type As = "contribute" | "follow";

/** How a seat is asked for: as what, and from where on. */
export type Wish = Pick<Join, "as" | "after" | "check">;

/** The frames that come for a seat after `joined`. */
export type SeatFrame = EventFrame | Events | Disclosed | CaughtUp | PresenceFrame | TypingNow | Provisional;

/** A room on this page: takes what comes for its seat, and shows it. Whoever made it asks for the seat. */
export class OpenRoom implements RoomStore {
  readonly id: string;
  readonly seat = signal<SeatState>({ is: "joining" });
  readonly case = signal<Case | null>(null);
  readonly card = signal<Card | null>(null);
  readonly pinned = signal<readonly PinnedPost[]>([]);
  readonly plan = signal<readonly PlannedPost[]>([]);
  readonly questions = signal<readonly OpenQuestion[]>([]);
  readonly polls = signal<readonly Poll[]>([]);
  readonly timeline = signal<readonly Item[]>([]);
  readonly version = signal(0);
  readonly here = signal(NOBODY);
  readonly typing = signal<readonly By[]>([]);
  readonly unread = signal<Unread>({ after: 0, count: 0, at_least: false, concerning: [] });
  readonly older = signal<Older>("none");
  readonly advice = signal("");
  readonly wentBack = signal<WentBack | null>(null);
  readonly waiting: ReadonlySignal<readonly Command[]>;
  readonly posts = { get: (id: string) => this.#held.loaded.room.posts.get(id) };
  readonly refutedBy = (id: string) => refutedBy(this.#held.loaded.room, id);

  readonly #around: Around;
  readonly #screen: Batched<HeldPart | "here" | "typing">;
  readonly #held: Held;
  readonly #outgoing = new Outgoing();
  readonly #provisionals = new Provisionals(() => this.#screen.mark("timeline"));
  readonly #company: Company;
  readonly #own: OwnTyping;
  readonly #seen: SeenTeller;
  readonly #giveBack: () => void;
  readonly #unheed: () => void;
  #as: As | undefined;

  /** `giveBack` is called when one leaves for good. */
  constructor(id: string, as: As | undefined, around: Around, giveBack: () => void) {
    this.id = id;
    this.#as = as;
    this.#around = around;
    this.#giveBack = giveBack;
    this.#screen = new Batched(around.schedule, this.#renewals());
    this.#held = new Held(id, around, (...parts) => this.#screen.mark(...parts));
    this.#company = new Company((part) => this.#screen.mark(part));
    this.#own = new OwnTyping((on) => around.link.send({ t: "typing", room: id, on }));
    this.#seen = new SeenTeller((seq) => this.#contributes && around.link.send({ t: "seen", room: id, seq }));
    this.waiting = computed(() =>
      around.outbox.waiting.value.filter((command): command is Command => command.room === id),
    );
    this.#unheed = this.waiting.subscribe((waiting) => this.#depart(waiting));
  }

  get wish(): Wish {
    return { as: this.#as, ...this.#held.position };
  }

  /** A seat was taken. Whether an event is missing: then the seat is to be asked for again. */
  joined(frame: Joined): boolean {
    this.#as = frame.as === "follow" ? "follow" : frame.as === "contribute" ? "contribute" : undefined;
    this.advice.value = frame.advice;
    this.#arrived(frame.events);
    this.#company.joined(frame, this.#around.link.now());
    const missing = this.#held.joined(frame);
    this.#sit({ is: "catching_up", as: frame.as, role: frame.role });
    return missing;
  }

  /** Something came for the seat. Whether an event is missing. */
  received(frame: SeatFrame): boolean {
    switch (frame.t) {
      case "event":
        return this.#take([frame]);
      case "events":
        return this.#take(frame.events);
      case "disclosed":
        this.#held.disclosed(frame.events);
        return false;
      case "caught_up":
        this.#caughtUp(frame.seq);
        return false;
      case "presence":
        this.#company.moved(frame);
        this.saw(frame.seen[this.#around.link.me.value?.person ?? ""] ?? 0);
        return false;
      case "typing":
        this.#company.types(frame.who, frame.on);
        return false;
      case "provisional":
        this.#provisionals.take(frame, this.#held.loaded.log.seq, Date.now());
        return false;
    }
  }

  /** Something comes ahead of its turn, on a brief seat. */
  ahead(entries: readonly Entry[]): void {
    this.#held.tell(entries);
  }

  /** Ask for the next seat as this. */
  prefer(as: As): void {
    this.#as = as;
  }

  /** The seat that was refused or taken away is asked for again. */
  joining(): void {
    this.#sit({ is: "joining" });
  }

  refused({ code, message }: Refusal): void {
    this.#sit({ is: "refused", code, message });
  }

  left(code: Left["code"]): void {
    this.#company.away();
    this.#provisionals.away();
    this.#sit({ is: "left", code });
  }

  /** The connection is gone, and the seat with it. */
  away(): void {
    this.#company.away();
    this.#provisionals.away();
    const seat = this.seat.value;
    if ("as" in seat) this.#sit({ ...seat, is: "away" });
  }

  /** Nobody needs this any more. */
  close(): void {
    this.#unheed();
    this.#seen.stop();
    this.#company.away();
    this.#provisionals.away();
  }

  loadOlder(): Promise<void> {
    return this.#held.loadOlder();
  }

  command<K extends CommandFrame["t"]>(kind: K, fields: Fields<K>): Promise<Waiting> {
    if (kind === "post") this.typing_now(false);
    return this.#around.outbox.put({ t: kind, id: newId(), room: this.id, ...fields } as unknown as CommandFrame);
  }

  typing_now(on: boolean): void {
    if (!this.#contributes) return;
    if (on) this.#own.on(Date.now());
    else this.#own.off(Date.now());
  }

  visit(): void {
    this.#held.reading?.visit();
    this.#screen.mark("unread");
  }

  saw(seq: number): void {
    const upto = Math.min(seq, this.#held.loaded.log.seq);
    if (this.#held.reading?.saw(upto)) this.#screen.mark("unread");
    this.#seen.saw(upto);
  }

  async stepUp(): Promise<void> {
    const before = this.#as;
    // Should the connection go before the answer, the next seat is a contributor's.
    this.#as = "contribute";
    try {
      await this.#around.link.request({ t: "step_up", id: newId(), room: this.id });
    } catch (error) {
      if (error instanceof Refused) this.#as = before;
      throw error;
    }
    const seat = this.seat.value;
    if ("as" in seat) this.#sit({ ...seat, as: "contribute" });
    this.#seen.again(this.#held.loaded.log.seq);
  }

  acceptLoss(): void {
    this.#held.wentBack = null;
    this.#screen.mark("wentBack");
  }

  leave(): void {
    this.left("asked");
    this.#giveBack();
  }

  get #contributes(): boolean {
    const seat = this.seat.value;
    return seat.is === "live" && seat.as === "contribute";
  }

  #take(entries: readonly Entry[]): boolean {
    this.#arrived(entries);
    return this.#held.take(entries);
  }

  /** What was on its way is here. */
  #arrived(entries: readonly Entry[]): void {
    for (const { kind, id, by } of entries) {
      if (kind !== "post") continue;
      this.#company.types(by.person, false);
      this.#outgoing.drop(id);
      this.#provisionals.drop(id);
    }
  }

  #caughtUp(seq: number): void {
    const seat = this.seat.value;
    if (!("as" in seat)) return;
    this.#held.caughtUp(seat.as === "observe");
    this.#outgoing.dropAcked();
    this.#provisionals.back();
    this.#screen.mark("timeline");
    this.#sit({ ...seat, is: "live" });
    this.#seen.again(seq);
  }

  #depart(waiting: readonly Command[]): void {
    this.#outgoing.take(waiting, this.#around.outbox.recorded.peek(), (id) => this.posts.get(id) !== undefined);
    this.#screen.mark("timeline");
  }

  /** Who sees a new state of the seat sees what came with it. */
  #sit(seat: SeatState): void {
    batch(() => {
      this.#screen.renew();
      this.seat.value = seat;
    });
  }

  /** What others have said and is not on record, as far as is known: it may be among what is not loaded. */
  get #unrecorded() {
    const { log } = this.#held.loaded;
    return this.#provisionals.items.filter(
      ({ key, said }) => this.posts.get(key) === undefined && said.after + 1 >= log.first,
    );
  }

  #renewals(): Record<HeldPart | "here" | "typing", () => void> {
    return {
      case: () => {
        this.case.value = this.#held.case;
      },
      card: () => {
        this.card.value = this.#held.shown.card;
      },
      pinned: () => {
        this.pinned.value = this.#held.listed.pinned(this.#held.loaded.room);
        void this.#held.complete();
      },
      plan: () => {
        const { shown } = this.#held;
        this.plan.value = this.#held.listed.plan(shown);
        this.questions.value = this.#held.listed.questions(shown);
        void this.#held.complete();
      },
      polls: () => {
        this.polls.value = this.#held.polls;
        void this.#held.complete();
      },
      timeline: () => {
        this.timeline.value = together(this.#held.loaded.timeline.items, this.#unrecorded, this.#outgoing.items);
        this.version.value += 1;
      },
      unread: () => {
        this.unread.value = this.#held.unread;
      },
      older: () => {
        this.older.value = this.#held.older;
      },
      wentBack: () => {
        this.wentBack.value = this.#held.wentBack;
      },
      here: () => {
        this.here.value = this.#company.here;
      },
      typing: () => {
        this.typing.value = this.#company.typing;
      },
    };
  }
}
