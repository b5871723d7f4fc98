import type { Entry, HandOverNow } from "../../wire/frames.ts";
import type { Card } from "./card.ts";

/** `id`: the `page` that `person` answers. */
export interface HandOver {
  readonly id: string;
  readonly person: string;
  readonly by: string;
  readonly note: string | null;
}

/** Who presented may still enter. */
export function handedOver(card: Card, person: string): Card {
  const invited = new Set(card.invited).add(card.presenter);
  invited.delete(person);
  return { ...card, presenter: person, invited, lead: card.lead === person ? null : card.lead, hand_over: null };
}

/** Who was sent out leads no more, and is asked nothing. */
export function left(card: Card, person: string): Card {
  const { lead, hand_over } = card;
  return { ...card, lead: lead === person ? null : lead, hand_over: hand_over?.person === person ? null : hand_over };
}

/** Who is asked from an event on. */
export function askedIn({ id, by, body }: Extract<Entry, { kind: "hand_over_asked" }>): HandOver {
  return handOver({ id, person: body.person, by: by.person, note: body.note });
}

/** A hand-over as the server tells it. */
export function handOver({
  id,
  person,
  by,
  note,
}: Omit<HandOverNow, "note"> & { note?: string | undefined }): HandOver {
  return { id, person, by, note: note ?? null };
}
