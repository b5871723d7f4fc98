/** A case that the server refused, as it comes back into the form. */
import type { Confirmation, Doubt } from "../identifiers/doubts.ts";
import type { Refusal } from "../wire/refusals.ts";
import { t } from "../words/words.ts";
import type { Unopened } from "../worklist/unopened.ts";
import type { Wrongs } from "./checks.ts";
import type { Fields } from "./fields.ts";
import { doubtsFrom, placeOf } from "./refusal.ts";
import { fieldsOf, findingsOf } from "./reopening.ts";
import "../words/more/ask.ts";

/** What the form then says. `reason`: why, where that is about no one field. */
export interface Returned {
  readonly fields: Fields;
  readonly confirmed: readonly Confirmation[];
  readonly doubts: readonly Doubt[];
  readonly wrongs: Wrongs;
  readonly reason: string | null;
}

/** `empty`: what stands in fields of which the case says nothing. */
export function returned({ frame, refusal }: Unopened & { readonly refusal: Refusal }, empty: Fields): Returned {
  const fields = { ...fieldsOf(frame.case, empty), findings: findingsOf(frame.case) };
  const doubts = doubtsFrom(refusal, fields);
  const reason = refusal.code === "conflict" ? t("ask.refused_conflict") : refusal.message;
  const place = doubts.length > 0 ? null : placeOf(refusal, fields);
  return {
    fields,
    confirmed: frame.case.not_identifying ?? [],
    doubts,
    wrongs: new Map(place ? [[place, reason]] : []),
    reason: doubts.length > 0 || place ? null : reason,
  };
}
