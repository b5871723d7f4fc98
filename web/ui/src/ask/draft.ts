/** What is written into the form and not sent yet, kept on this device: one draft for each person. */
import { type Fields, untouched } from "./fields.ts";

/** `id` becomes the case's `Idempotency-Key`: the draft sent twice opens one case. `saved_at` is Unix ms. */
export interface Draft {
  readonly id: string;
  readonly saved_at: number;
  readonly fields: Fields;
}

/** What of `localStorage` is used here. */
export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Keep it, or forget it where nothing is written. False where this browser keeps nothing. */
export function keep(person: string, draft: Draft, shelf: Shelf = localStorage): boolean {
  try {
    if (untouched(draft.fields)) shelf.removeItem(key(person));
    else shelf.setItem(key(person), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

/** The draft that this person left here. `empty`: what stands in fields that it does not know. */
export function kept(person: string, empty: Fields, shelf: Shelf = localStorage): Draft | null {
  try {
    const draft = JSON.parse(shelf.getItem(key(person)) ?? "null") as Draft | null;
    return draft && { ...draft, fields: { ...empty, ...draft.fields } };
  } catch {
    return null;
  }
}

/** Forget what this person left here: it was sent, or they sign out. */
export function forgetDrafts(person: string, shelf: Shelf = localStorage): void {
  try {
    shelf.removeItem(key(person));
  } catch {
    // Without storage nothing was kept.
  }
}

function key(person: string): string {
  return `curbside.draft.${person}`;
}
