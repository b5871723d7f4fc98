import { effect } from "@preact/signals";
import { nameOf } from "../design/Person.tsx";
import { t } from "../words/words.ts";
import type { Desk } from "./desk.ts";
import type { Herald } from "./herald.ts";
import { personOf } from "./people/names.ts";
import { firstWords } from "./post/PostQuote.tsx";
import { catchingUp } from "./store/store.ts";
import "../words/more/room.ts";

type Watched = Pick<Desk, "store" | "me" | "began">;

/** Say what the room is asked, and that a poll is over. Ballots are nobody's interruption. */
export function watchPolls({ store, me, began }: Watched, herald: Pick<Herald, "tell">): () => void {
  let known: ReadonlyMap<string, boolean> | null = null;
  return effect(() => {
    const polls = store.polls.value;
    if (!began.value || catchingUp(store)) return;
    for (const { id, by, open, question } of polls) {
      if (known === null || known.get(id) === open || (open && by.person === me.person)) continue;
      const who = nameOf(personOf(store, me, by) ?? by);
      const what = firstWords(question);
      herald.tell({
        says: t(open ? "room.tell_poll_opened" : "room.tell_poll_closed", { who, what }),
        concerns: false,
      });
    }
    known = new Map(polls.map(({ id, open }) => [id, open]));
  });
}
