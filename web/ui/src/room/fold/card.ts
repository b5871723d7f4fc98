import type { Case, Entry, State, Verdict } from "../../wire/frames.ts";

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
  readonly sealed_upto: number;
  /** What the last outcome said, where there is one. */
  readonly outcome: Verdict | null;
}

/** The card of a case that was just opened. */
export function opened(of: Case): Card {
  const { presenter, reach, observers } = of;
  const nobody = { invited: new Set<string>(), removed: new Set<string>() };
  const nothing = { closed_at: null, sealed_upto: 0, outcome: null };
  return { status: "open", presenter, reach, observers, waiting: true, ...nobody, ...nothing };
}

/** The card that the server folded. It does not say when the room was closed. */
export function given(state: State): Card {
  return {
    status: state.status as Card["status"],
    presenter: state.presenter,
    reach: state.reach as Card["reach"],
    observers: state.observers,
    waiting: state.waiting,
    closed_at: null,
    invited: new Set(state.invited),
    removed: new Set(state.removed),
    sealed_upto: state.sealed_upto,
    outcome: state.outcome ?? null,
  };
}

/** The card after an event; the same object where the event does not change it. */
export function turned(card: Card, entry: Entry): Card {
  switch (entry.kind) {
    case "post":
      return card.waiting && entry.by.person !== card.presenter ? { ...card, waiting: false } : card;
    case "invited":
      return moved(card, entry.body.person, "removed", "invited");
    case "removed":
      return moved(card, entry.body.person, "invited", "removed");
    case "widened":
      return { ...card, reach: entry.body.reach };
    case "observers_changed":
      return { ...card, observers: entry.body };
    case "closed":
      return { ...card, status: "closed", waiting: false, closed_at: entry.at };
    case "outcome":
      return { ...card, outcome: entry.body.verdict };
    case "sealed":
      return { ...card, sealed_upto: entry.body.upto };
    default:
      return card;
  }
}

type Side = "invited" | "removed";

function moved(card: Card, person: string, from: Side, to: Side): Card {
  const left = new Set(card[from]);
  left.delete(person);
  return { ...card, [from]: left, [to]: new Set(card[to]).add(person) };
}
