/** What was answered and is not on record: kept on this device, so that one can leave the form and come back. */
import { type Confirmation, type Doubt, doubtsOf } from "../identifiers/doubts.ts";
import { draftKey, held, hold } from "../room/composer/drafts.ts";
import type { Command } from "../room/store/store.ts";
import type { Outcome, OutcomeGiven } from "../wire/frames.ts";
import { type Answers, answersOf } from "./answers.ts";

/** Where the form begins: with the draft, with what waits to be sent or was refused, or with the last outcome. */
export function begun(person: string, room: string, waiting: readonly Command[], before: OutcomeGiven | null): Answers {
  const draft = held(keyOf(person, room));
  return draft ? { ...answersOf(before), ...draft } : answersOf(lastSent(waiting)?.frame ?? before);
}

/** Keep what was answered; null forgets it. */
export function keep(person: string, room: string, answers: Answers | null): void {
  hold(keyOf(person, room), answers);
}

/** What the server found in the outcome that it refused last. */
export function doubtsOfRefused(waiting: readonly Command[]): Doubt[] {
  const last = lastSent(waiting);
  if (last?.state !== "refused") return [];
  const { field = "", spans = [] } = last.refusal;
  const text = last.frame[field as keyof Outcome];
  return typeof text === "string" ? doubtsOf(field, text, spans) : [];
}

/** What was confirmed of the outcome that was sent last. */
export function confirmedBefore(waiting: readonly Command[]): readonly Confirmation[] {
  return lastSent(waiting)?.frame.not_identifying ?? [];
}

function lastSent(waiting: readonly Command[]) {
  return waiting.findLast((one): one is Command & { frame: Outcome } => one.frame.t === "outcome");
}

/** Among the other drafts, so that it goes with them at sign-out. */
function keyOf(person: string, room: string): string {
  return draftKey(person, room, "outcome");
}
