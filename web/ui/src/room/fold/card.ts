import type { Case, Entry, OutcomeGiven, PageNow, State, Verdict } from "../../wire/frames.ts";
import { askedIn, type HandOver, handedOver, handOver, left } from "./offices.ts";
import { NO_OPINIONS, type Opinions, opined, opinionsOf, opened as shown } from "./opinions.ts";
import { answered, escalated, paged, type Responded } from "./pages.ts";
import { type Readings, readingsOf, withReadings } from "./readings.ts";
import { type Revisable, revisableIn, revised } from "./revisable.ts";

/** What is true of the room as a whole. `closed_at` is Unix ms; observers are not told who was invited or removed. */
export interface Card {
  readonly status: "open" | "closed";
  readonly presenter: string;
  readonly reach: Case["reach"];
  readonly observers: Case["observers"];
  /** Nobody but the presenter has posted yet. */
  readonly waiting: boolean;
  readonly closed_at: number | null;
  readonly invited: ReadonlySet<string>;
  readonly removed: ReadonlySet<string>;
  /** Who keeps the plan beside the presenter. */
  readonly lead: string | null;
  /** Who was asked to take the case over and has not answered yet. */
  readonly hand_over: HandOver | null;
  readonly sealed_upto: number;
  /** Since when people are asked for, Unix ms. */
  readonly paged_at: number | null;
  /** Since when somebody else has taken the case or spoken in it, Unix ms. */
  readonly answered_at: number | null;
  /** The pages in the order in which they were asked for; of a state that the server folded, the newest five. */
  readonly pages: readonly PageNow[];
  /** What the last outcome said, where there is one. */
  readonly outcome: Verdict | null;
  /** What the last outcome answers of what a presenter is asked. */
  readonly outcome_known: readonly Question[];
  /** What of the case may be revised, as it is now. */
  readonly asked: Revisable;
  readonly vitals: Readings;
  readonly opinions: Opinions;
}

/** What a presenter is asked after the close; `how_known` goes with the diagnosis. */
export const QUESTIONS = ["diagnosis", "advice_used", "state_24h", "state_7d", "harm"] as const;
export type Question = (typeof QUESTIONS)[number];

/** The card of a case that was just opened, at that time. */
export function opened(of: Case, at: number): Card {
  const { presenter, reach, observers } = of;
  const nobody = { invited: new Set<string>(), removed: new Set<string>() };
  const asked = { lead: null, hand_over: null, paged_at: null, answered_at: null, pages: [] };
  const nothing = { ...asked, closed_at: null, sealed_upto: 0, outcome: null, outcome_known: [] };
  const said = { asked: revisableIn(of), vitals: readingsOf(of, at), opinions: NO_OPINIONS };
  return { status: "open", presenter, reach, observers, waiting: true, ...nobody, ...nothing, ...said };
}

/** The card that the server folded. It does not say when the room was closed. */
export function given(state: State, of: Case): Card {
  return {
    status: state.status as Card["status"],
    presenter: state.presenter,
    reach: state.reach as Card["reach"],
    observers: state.observers,
    waiting: state.waiting,
    closed_at: null,
    invited: new Set(state.invited),
    removed: new Set(state.removed),
    paged_at: state.paged_at ?? null,
    answered_at: state.answered_at ?? null,
    pages: state.pages ?? [],
    lead: state.lead ?? null,
    hand_over: state.hand_over ? handOver(state.hand_over) : null,
    sealed_upto: state.sealed_upto,
    outcome: state.outcome ?? null,
    outcome_known: state.outcome_known ?? [],
    asked: revisableIn(of),
    vitals: state.vitals,
    opinions: opinionsOf(state.opinions),
  };
}

/** The card after an event; the same object where the event does not change it. */
export function turned(card: Card, entry: Entry): Card {
  switch (entry.kind) {
    case "post":
      return card.waiting && entry.by.person !== card.presenter ? { ...helped(card, entry.at), waiting: false } : card;
    case "invited":
      return moved(card, entry.body.person, "removed", "invited");
    case "removed":
      return left(moved(card, entry.body.person, "invited", "removed"), entry.body.person);
    case "led":
      return { ...card, lead: entry.body.person === card.presenter ? null : entry.body.person };
    case "hand_over_asked":
      return { ...card, hand_over: entry.body.person === card.presenter ? null : askedIn(entry) };
    case "handed_over":
      return handedOver(card, entry.body.person);
    case "widened":
      return { ...card, reach: entry.body.reach };
    case "observers_changed":
      return { ...card, observers: entry.body };
    case "paged":
      return { ...card, paged_at: card.paged_at ?? entry.at, pages: paged(card.pages, entry) };
    case "responded":
      return responded(card, entry);
    case "escalated":
      return { ...card, pages: escalated(card.pages, entry) };
    case "vitals_added":
      return { ...card, vitals: withReadings(card.vitals, entry.body.values, entry.body.taken_at) };
    case "revised":
      return { ...card, asked: revised(card.asked, entry.body) };
    case "closed":
      return { ...closed(card, entry.at), opinions: shown(card.opinions, entry.seq) };
    case "opined":
      return { ...card, opinions: opined(card.opinions, entry) };
    case "revealed":
      return { ...card, opinions: shown(card.opinions, entry.seq) };
    case "outcome":
      return { ...card, outcome: entry.body.verdict, outcome_known: knownBy(entry.body) };
    case "sealed":
      return { ...card, sealed_upto: entry.body.upto };
    default:
      return card;
  }
}

/** The answer to a page, or to the hand-over, which what follows it puts into effect. */
function responded(card: Card, entry: Responded): Card {
  if (card.hand_over?.id === entry.body.page) return { ...card, hand_over: null };
  const now = entry.body.answer === "accept" ? helped(card, entry.at) : card;
  return { ...now, pages: answered(card.pages, entry) };
}

function closed(card: Card, at: number): Card {
  return { ...card, status: "closed", waiting: false, closed_at: at };
}

function helped(card: Card, at: number): Card {
  return { ...card, answered_at: card.answered_at ?? at };
}

/** Which questions an outcome answers. What is absent is not known yet. */
export function knownBy(outcome: OutcomeGiven): readonly Question[] {
  return QUESTIONS.filter((name) => outcome[name] !== undefined);
}

/** Which questions are open; none while the case is. */
export function owed({ status, outcome_known }: Card): readonly Question[] {
  return status === "open" ? [] : QUESTIONS.filter((name) => !outcome_known.includes(name));
}

type Side = "invited" | "removed";

function moved(card: Card, person: string, from: Side, to: Side): Card {
  const left = new Set(card[from]);
  left.delete(person);
  return { ...card, [from]: left, [to]: new Set(card[to]).add(person) };
}
