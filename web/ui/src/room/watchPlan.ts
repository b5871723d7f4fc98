import { effect } from "@preact/signals";
import { nameOf } from "../design/Person.tsx";
import { t } from "../words/words.ts";
import type { Desk } from "./desk.ts";
import type { Act } from "./fold/plan.ts";
import type { Herald } from "./herald.ts";
import { firstWords } from "./post/PostQuote.tsx";
import { catchingUp, type PlannedPost } from "./store/store.ts";
import "../words/more/room.ts";

type Watched = Pick<Desk, "store" | "me" | "began">;

/** Say what others do with the plan. It concerns those whose recommendation it is. */
export function watchPlan({ store, me, began }: Watched, herald: Pick<Herald, "tell">): () => void {
  let known: ReadonlyMap<string, string> | null = null;
  return effect(() => {
    const plan = store.plan.value;
    if (!began.value || catchingUp(store)) return;
    const fresh = plan.filter(
      ({ id, act }) => known !== null && known.get(id) !== markOf(act) && !isBy(act, me.person),
    );
    known = new Map(plan.map(({ id, act }) => [id, markOf(act)]));
    for (const item of fresh) herald.tell({ says: sayOf(item), concerns: item.by.person === me.person });
  });
}

/** Where the server begins anew it makes other objects of the same acts. */
function markOf({ at, state, version }: Act): string {
  return `${state} ${version} ${at}`;
}

function isBy(act: Act, person: string): boolean {
  return act.by.person === person;
}

function sayOf({ act, text }: PlannedPost): string {
  return t(`room.note_acted_${act.state}`, { who: nameOf(act.by), what: firstWords(text) });
}
