import type { Me } from "../wire/frames.ts";
import type { Card } from "./fold/card.ts";
import type { SeatState } from "./store/store.ts";

/** What a person may do in a room as things stand. What is not here is not shown. */
export interface Rights {
  readonly writes: boolean;
  /** Corroborates and disputes what others said. */
  readonly judges: boolean;
  readonly pins: boolean;
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
  moderates: false,
  flags: false,
  warns: false,
  reports: false,
};

type Known = Pick<Card, "status" | "presenter"> | null;

/** The rights of `me` from this seat. Who is muted reads. The server has the last word. */
export function rightsOf(seat: SeatState, card: Known, me: Me, muted = false): Rights {
  if (!("as" in seat) || muted) return NONE;
  const reports = seat.as === "contribute";
  if (!reports || card?.status !== "open") return { ...NONE, flags: true, reports };
  const moderates = me.role === "moderator";
  const judges = me.role === "physician" && me.tier >= VERIFIED_TIER;
  const pins = moderates || card.presenter === me.person;
  return { writes: true, judges, pins, moderates, flags: true, warns: judges || moderates, reports };
}
