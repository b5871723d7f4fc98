/** Whom one may call to a room. */
import type { Asked } from "../../reach/interrupting.ts";
import type { Acuity, By } from "../../wire/frames.ts";
import type { Fields, RoomStore } from "../store/store.ts";

export type Whom = "specialty" | "case" | "person" | "handle";
type Wish = Pick<Fields<"page">, "specialty" | "person">;

/** What a choice asks for; null while it lacks who. `found`: who has the handle that was written. */
export function wishOf(whom: Whom, specialty?: string, person?: string, found?: string): Wish | null {
  if (whom === "handle") return found ? { person: found } : null;
  if (whom === "case") return {};
  if (whom === "specialty") return specialty ? { specialty } : null;
  return person ? { person } : null;
}

/** Who has said something in what is loaded and is not here now, but for the presenter and oneself. */
export function othersOf(store: Pick<RoomStore, "timeline" | "here" | "card">, me: string): readonly By[] {
  const not = new Set([
    me,
    "system",
    store.card.value?.presenter,
    ...store.here.value.people.map(({ person }) => person),
  ]);
  const authors = store.timeline.value.flatMap((item) =>
    item.is === "post" ? [item.post.by] : item.is === "note" ? [item.entry.by] : [],
  );
  return [...new Map(authors.map((by) => [by.person, by])).values()].filter(({ person }) => !not.has(person));
}

/** Which of the ways to say whom are open to `me`: only who may invite asks for somebody whom the room does not know. */
export function waysOf(others: readonly By[], invites: boolean): readonly Whom[] {
  const known: Whom[] = others.length > 0 ? ["person"] : [];
  return ["specialty", "case", ...known, ...(invites ? ["handle" as const] : [])];
}

/** The case as far as it says whom such a page would interrupt; of nobody while the wish lacks whom. */
export function askedBy(
  store: Pick<RoomStore, "case" | "card">,
  wish: Wish | null,
): Omit<Asked, "acuity"> & { readonly acuity: Acuity | null } {
  const { acuity = null, specialties = [], languages = [] } = store.case.value ?? {};
  const wanted = wish === null ? [] : wish.specialty ? [wish.specialty] : specialties;
  return { acuity, specialties: wanted, languages, reach: store.card.value?.reach ?? "world" };
}
