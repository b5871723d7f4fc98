/** Whom one may call to a room. */
import type { Asked } from "../../reach/interrupting.ts";
import type { Acuity, By } from "../../wire/frames.ts";
import type { Fields, RoomStore } from "../store/store.ts";

export type Whom = "specialty" | "case" | "person";
type Wish = Pick<Fields<"page">, "specialty" | "person">;

/** What a choice asks for; null while it lacks who. */
export function wishOf(whom: Whom, specialty: string | undefined, person: string | undefined): Wish | null {
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

/** The case as far as it says whom such a page would interrupt; of nobody while the wish lacks whom. */
export function askedBy(
  store: Pick<RoomStore, "case" | "card">,
  wish: Wish | null,
): Omit<Asked, "acuity"> & { readonly acuity: Acuity | null } {
  const { acuity = null, specialties = [], languages = [] } = store.case.value ?? {};
  const wanted = wish === null ? [] : wish.specialty ? [wish.specialty] : specialties;
  return { acuity, specialties: wanted, languages, reach: store.card.value?.reach ?? "world" };
}
