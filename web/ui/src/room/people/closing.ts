/** What was written of a closing that is not on record: kept on this device, so that no accident takes it. */
import { type Confirmation, type Doubt, doubtsOf } from "../../identifiers/doubts.ts";
import { t } from "../../words/words.ts";
import { draftKey } from "../composer/drafts.ts";
import type { Command } from "../store/store.ts";
import "../../words/more/acts.ts";

export const ENDINGS = ["transferred", "admitted", "discharged", "died", "advice"] as const;
export type Ending = (typeof ENDINGS)[number] | "other";

export interface Closing {
  readonly ending?: Ending;
  /** The disposition in own words. */
  readonly own: string;
  readonly summary: string;
}

const EMPTY: Closing = { own: "", summary: "" };

/** The disposition as it goes on record: the common word, or own words. */
export function dispositionOf({ ending, own }: Closing): string {
  return ending === undefined || ending === "other" ? own : t(`acts.end_${ending}`);
}

/** What was written before: the draft, or what waits to be sent or was refused; else nothing. */
export function begun(person: string, room: string, waiting: readonly Command[]): Closing {
  return kept(person, room) ?? sent(waiting) ?? EMPTY;
}

export function keep(person: string, room: string, closing: Closing): void {
  try {
    localStorage.setItem(keyOf(person, room), JSON.stringify(closing));
  } catch {
    // Without storage it lasts as long as the sheet is open.
  }
}

/** It is in the outbox now. */
export function drop(person: string, room: string): void {
  try {
    localStorage.removeItem(keyOf(person, room));
  } catch {
    // Nothing was kept.
  }
}

function kept(person: string, room: string): Closing | null {
  try {
    return JSON.parse(localStorage.getItem(keyOf(person, room)) ?? "null");
  } catch {
    return null;
  }
}

function sent(waiting: readonly Command[]): Closing | null {
  const frame = waiting.findLast((one) => one.frame.t === "close")?.frame;
  if (frame?.t !== "close") return null;
  const { disposition, summary } = frame;
  const common = ENDINGS.find((ending) => dispositionOf({ ...EMPTY, ending }) === disposition);
  return { ending: common ?? "other", own: common ? "" : disposition, summary };
}

/** What the server found in the closing that it refused last. */
export function doubtsOfRefused(waiting: readonly Command[]): Doubt[] {
  const last = waiting.findLast((one) => one.frame.t === "close");
  if (last?.state !== "refused" || last.frame.t !== "close") return [];
  const { field = "summary", spans = [] } = last.refusal;
  return doubtsOf(field, field === "disposition" ? last.frame.disposition : last.frame.summary, spans);
}

/** What was confirmed of the closing that was sent last. */
export function confirmedBefore(waiting: readonly Command[]): readonly Confirmation[] {
  const frame = waiting.findLast((one) => one.frame.t === "close")?.frame;
  return frame?.t === "close" ? (frame.not_identifying ?? []) : [];
}

/** Among the other drafts, so that it goes with them at sign-out. */
function keyOf(person: string, room: string): string {
  return draftKey(person, room, "close");
}
