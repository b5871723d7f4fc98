/** What of the case is said anew. */
import type { Case, Revise } from "../../wire/frames.ts";
import { revisableIn } from "../fold/revisable.ts";

export type Revision = Required<ReturnType<typeof revisionOf>>;
export type Texts = Pick<Revision, "background" | "assessment" | "request">;

/** The case as it stands in the form. */
export function revisionOf(of: Case) {
  const { background = "", ...asked } = revisableIn(of);
  return { ...asked, background };
}

/** The parts that are another way than before; null where none is. A background that is emptied stays as it was. */
export function changedIn(of: Case, now: Revision): Partial<Pick<Revise, keyof Revision>> | null {
  const before = revisionOf(of);
  const parts = Object.entries(now).filter(
    ([name, said]) => differs(said, before[name as keyof Revision]) && said !== "",
  );
  return parts.length > 0 ? Object.fromEntries(parts) : null;
}

/** The texts among them, as the gate looks at them. */
export function textsIn(changed: Partial<Texts>): Record<string, string> {
  const { background, assessment, request } = changed;
  const all = Object.entries({ background, assessment, request });
  return Object.fromEntries(all.filter((one): one is [string, string] => one[1] !== undefined));
}

function differs(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}
