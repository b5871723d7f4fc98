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
}

const VERIFIED_TIER = 2;
const NONE: Rights = { writes: false, judges: false, pins: false, moderates: false };

/** The rights of `me` from this seat. The server has the last word. */
export function rightsOf(seat: SeatState, card: Pick<Card, "status" | "presenter"> | null, me: Me): Rights {
  if (!("as" in seat) || seat.as !== "contribute" || card?.status !== "open") return NONE;
  const moderates = me.role === "moderator";
  const judges = me.role === "physician" && me.tier >= VERIFIED_TIER;
  return { writes: true, judges, pins: moderates || card.presenter === me.person, moderates };
}
