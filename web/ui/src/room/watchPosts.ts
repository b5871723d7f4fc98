import { effect } from "@preact/signals";
import { nameOf } from "../design/Person.tsx";
import { t } from "../words/words.ts";
import type { Desk } from "./desk.ts";
import type { Herald, News } from "./herald.ts";
import { firstWords, wordsOf } from "./post/PostQuote.tsx";
import type { Item } from "./store/item.ts";
import { catchingUp } from "./store/store.ts";
import { seqOf } from "./timeline/places.ts";
import "../words/more/room.ts";

const SPOKEN_CHARS = 80;

/** What others say, and how it ends. Not what was there when one came. */
export function watchPosts(
  { store, me, began }: Pick<Desk, "store" | "me" | "began">,
  herald: Pick<Herald, "tell">,
): () => void {
  let heard: number | null = null;
  const told = new Set<string>();
  return effect(() => {
    const items = store.timeline.value;
    if (catchingUp(store)) return;
    const from = heard ?? Number.POSITIVE_INFINITY;
    const newest = items.findLast((item) => seqOf(item) !== null);
    if (began.value && newest) heard = seqOf(newest);
    const unrecorded = items.filter((item) => item.is === "unrecorded" && !told.has(item.key));
    const recorded = since(items, from).filter(({ is, key }) => is !== "unrecorded" && !told.has(key));
    // What was told before it was on record is not told again.
    for (const { key } of unrecorded) told.add(key);
    const fresh = Number.isFinite(from) ? [...recorded, ...unrecorded] : [];
    for (const item of fresh) {
      const news = newsOf(item, me.person);
      if (news) herald.tell(news);
    }
  });
}

function since(items: readonly Item[], seq: number): Item[] {
  const last = items.findLastIndex((item) => (seqOf(item) ?? Number.POSITIVE_INFINITY) <= seq);
  return Number.isFinite(seq) ? items.slice(last + 1) : [];
}

function newsOf(item: Item, me: string): News | null {
  if (item.is === "note") {
    return item.entry.kind === "closed" ? { says: t("room.tell_closed"), concerns: true } : null;
  }
  if (item.is === "unrecorded") {
    const { by, text } = item.said;
    if (by.person === me) return null;
    return {
      says: t("room.tell_unrecorded", { name: nameOf(by), words: firstWords(text, SPOKEN_CHARS) }),
      concerns: false,
    };
  }
  if (item.is === "sending" || item.post.by.person === me) return null;
  const words = firstWords(wordsOf(item.post), SPOKEN_CHARS);
  return { says: t("room.tell_post", { name: nameOf(item.post.by), words }), concerns: false };
}
