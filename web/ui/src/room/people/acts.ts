import type { Acuity, Me } from "../../wire/frames.ts";
import { type Card, owed } from "../fold/card.ts";
import { rightsOf } from "../rights.ts";
import type { SeatState } from "../store/store.ts";

/** What can be done with the room itself. */
export type Act =
  | "page"
  | "opine"
  | "vitals"
  | "revise"
  | "hand_over"
  | "lead"
  | "handover"
  | "close"
  | "observers"
  | "widen"
  | "looks"
  | "outcome";

/** Which of them are worth offering to `me` in this seat, the room being as it is. The server has the last word. */
export function actsOf(seat: SeatState, card: Card | null, me: Me, acuity?: Acuity): Readonly<Record<Act, boolean>> {
  const rights = rightsOf(seat, card, me);
  const leads = rights.hands_over;
  const presents = leads && card?.presenter === me.person;
  const answers = "as" in seat && (me.role === "moderator" || card?.presenter === me.person);
  return {
    page: rights.writes && acuity !== undefined && acuity !== "routine",
    opine: rights.opines,
    vitals: rights.plans,
    revise: presents,
    hand_over: leads,
    lead: leads,
    handover: "as" in seat && seat.as !== "observe",
    close: leads,
    observers: leads,
    widen: presents && card?.reach !== "world",
    looks: answers,
    outcome: asks(seat, card, me),
  };
}

/** Whether `me` is to say how the case turned out: its presenter, once it is closed, and while anything is open. */
export function asks(seat: SeatState, card: Card | null, me: Me): boolean {
  const presents = "as" in seat && seat.as === "contribute" && card?.presenter === me.person;
  return presents && card.status === "closed" && owed(card).length > 0;
}
