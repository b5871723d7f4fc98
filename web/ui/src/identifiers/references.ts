/** Whether a reference is words: realtime/rooms/texts.py, `in_words`. */
import type { Evidence } from "../wire/frames.ts";
import { passes } from "./checks.ts";
import { FORMS } from "./rulebook.ts";

/** Whether it is not written, throughout, as references of its type to the literature are. */
export function inWords({ type, ref }: Pick<Evidence, "type" | "ref">): boolean {
  const form = FORMS.get(type);
  if (!form?.whole.test(ref)) return true;
  return form.unless !== undefined && passes(form.unless, ref);
}
