import type { Me } from "../wire/frames.ts";
import type { Card } from "./fold/card.ts";
import type { SeatState } from "./store/store.ts";

/** What a person may do in a room as things stand. What is not here is not shown. */
export interface Rights {
  readonly writes: boolean;
  /** Corroborates and disputes what others said. */
  readonly judges: boolean;
  readonly pins: boolean;
  /** Keeps the plan: presents the case, or leads beside who does. */
  readonly plans: boolean;
  /** Says what they think it is. */
  readonly opines: boolean;
  /** Shows to all what each thinks it is. */
  readonly reveals: boolean;
  /** Asks somebody to take the case over, and says who leads. */
  readonly hands_over: boolean;
  /** Retracts what others said. */
  readonly moderates: boolean;
  /** Tells moderators of a post. */
  readonly flags: boolean;
  /** The room is told as well of a danger, or of what identifies a patient. */
  readonly warns: boolean;
  /** Reports adverse events, of a case that is closed as well. */
  readonly reports: boolean;
}

const VERIFIED_TIER = 2;
const NONE: Rights = {
  writes: false,
  judges: false,
  pins: false,
  plans: false,
  opines: false,
  reveals: false,
  hands_over: false,
  moderates: false,
  flags: false,
  warns: false,
  reports: false,
};

type Known = Pick<Card, "status" | "presenter" | "lead"> | null;

/** The rights of `me` from this seat. Who is muted reads. The server has the last word. */
export function rightsOf(seat: SeatState, card: Known, me: Me, muted = false): Rights {
  if (!("as" in seat) || muted) return NONE;
  const reports = seat.as === "contribute";
  if (!reports || card?.status !== "open") return { ...NONE, flags: true, reports };
  const moderates = me.role === "moderator";
  const judges = me.role === "physician" && me.tier >= VERIFIED_TIER;
  const hands_over = moderates || card.presenter === me.person;
  const presents = card.presenter === me.person;
  const plans = presents || card.lead === me.person;
  const pins = moderates || plans;
  const says = { opines: judges || presents, reveals: presents };
  const warns = judges || moderates;
  return { writes: true, judges, pins, plans, ...says, hands_over, moderates, flags: true, warns, reports };
}
