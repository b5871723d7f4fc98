import { useEffect } from "preact/hooks";
import type { Post } from "../../wire/frames.ts";
import type { Refusal } from "../../wire/refusals.ts";
import { type Desk, restore } from "../desk.ts";
import { draftOf } from "./asking.ts";
import { isEmpty } from "./drafts.ts";

interface Returned {
  readonly id: string;
  readonly frame: Post;
  readonly refusal: Refusal;
}

/** A post in which the server found what may tell who the patient is comes back into the composer, if that is empty. */
export function useReturned(desk: Desk): void {
  const returned = isFree(desk) ? returnedOf(desk) : undefined;
  useEffect(() => {
    if (!returned) return;
    restore(desk, draftOf(returned.frame, returned.refusal));
    void desk.client.outbox.dismiss(returned.id);
  }, [returned?.id]);
}

/** Nothing is written, chosen or looked at in the composer. */
export function isFree({ draft, bringing }: Desk): boolean {
  return isEmpty(draft.value) && draft.value.kind === "comment" && bringing.value.length === 0;
}

function returnedOf({ store }: Desk): Returned | undefined {
  for (const one of store.waiting.value) {
    if (one.state !== "refused" || one.frame.t !== "post" || one.refusal.code !== "identifiers_found") continue;
    return { id: one.id, frame: one.frame, refusal: one.refusal };
  }
  return undefined;
}
