import { effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { announce } from "../design/announce.ts";
import { t } from "../words/words.ts";
import type { Desk } from "./desk.ts";
import { Herald } from "./herald.ts";
import { watchOwn } from "./watchOwn.ts";
import { watchPlan } from "./watchPlan.ts";
import { watchPolls } from "./watchPolls.ts";
import { watchPosts } from "./watchPosts.ts";
import { watchWarnings } from "./watchWarnings.ts";
import "../words/more/room.ts";

/** Let a screen reader say what happens in the room while one is there: see "Live regions" in the design. */
export function useAnnouncements(desk: Desk): void {
  useEffect(() => {
    const herald = new Herald(announce);
    const ends = [
      watchPosts(desk, herald),
      watchOwn(desk, herald),
      watchConcerns(desk, herald),
      watchWarnings(desk, herald),
      watchPlan(desk, herald),
      watchPolls(desk, herald),
    ];
    return () => {
      for (const end of ends) end();
      herald.stop();
    };
  }, [desk]);
}

function watchConcerns({ store, began }: Desk, herald: Herald): () => void {
  let known: ReadonlySet<string> | null = null;
  return effect(() => {
    const { concerning } = store.unread.value;
    const fresh = known === null ? [] : concerning.filter((id) => !known?.has(id));
    if (began.value) known = new Set(concerning);
    if (fresh.length > 0) herald.tell({ says: t("room.tell_concerns", { count: fresh.length }), concerns: true });
  });
}
