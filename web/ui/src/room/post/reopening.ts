import { type Draft, draftKey, joined, keep, kept } from "../composer/drafts.ts";
import type { Desk, WrittenKind } from "../desk.ts";

/** Put back what a refused command said, before what was begun there since, and open its form again. */
export function reopen(desk: Desk, form: { post: string; is: WrittenKind }, draft: Draft): void {
  const key = draftKey(desk.me.person, desk.store.id, `${form.is}-${form.post}`);
  keep(key, joined(draft, kept(key)));
  desk.current.value = form.post;
  desk.form.value = form;
}
