import { effect } from "@preact/signals";
import { t } from "../words/words.ts";
import type { Desk } from "./desk.ts";
import type { Herald, News } from "./herald.ts";
import "../words/more/room.ts";

/** What becomes of what one did here. What left the outbox may have been dismissed in another tab: of that nothing is said. */
export function watchOwn({ store, client }: Pick<Desk, "store" | "client">, herald: Pick<Herald, "tell">): () => void {
  let going = new Map<string, boolean>();
  return effect(() => {
    const now = new Map(store.waiting.value.map((one) => [one.id, one.state === "refused"]));
    const recorded = client.outbox.recorded.peek();
    for (const id of going.keys()) if (!now.has(id) && recorded.has(id)) herald.tell(own("room.tell_on_record"));
    for (const [id, refused] of now) if (refused && !going.get(id)) herald.tell(own("room.tell_refused"));
    going = now;
  });
}

function own(word: "room.tell_on_record" | "room.tell_refused"): News {
  return { says: t(word), concerns: true };
}
