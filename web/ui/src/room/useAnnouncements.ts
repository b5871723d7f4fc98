import { effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { announce } from "../design/announce.ts";
import { nameOf } from "../design/Person.tsx";
import { t } from "../words/words.ts";
import type { Desk } from "./desk.ts";
import type { Post, Warning } from "./fold/post.ts";
import { Herald, type News } from "./herald.ts";
import { firstWords, wordsOf } from "./post/PostQuote.tsx";
import type { Item } from "./store/item.ts";
import { seqOf } from "./timeline/places.ts";

const SPOKEN_CHARS = 80;

/** Let a screen reader say what happens in the room while one is there: see "Live regions" in the design. */
export function useAnnouncements(desk: Desk): void {
  useEffect(() => {
    const herald = new Herald(announce);
    const ends = [
      watchPosts(desk, herald),
      watchOwn(desk, herald),
      watchConcerns(desk, herald),
      watchWarnings(desk, herald),
    ];
    return () => {
      for (const end of ends) end();
      herald.stop();
    };
  }, [desk]);
}

/** What others say, and how it ends. Not what was there when one came. */
function watchPosts({ store, me, began }: Desk, herald: Herald): () => void {
  let heard: number | null = null;
  const told = new Set<string>();
  return effect(() => {
    const items = store.timeline.value;
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

function watchConcerns({ store, began }: Desk, herald: Herald): () => void {
  let known: ReadonlySet<string> | null = null;
  return effect(() => {
    const { concerning } = store.unread.value;
    const fresh = known === null ? [] : concerning.filter((id) => !known?.has(id));
    if (began.value) known = new Set(concerning);
    if (fresh.length > 0) herald.tell({ says: t("room.tell_concerns", { count: fresh.length }), concerns: true });
  });
}

/** What somebody warns of, each warning once. Not those that were there when one came. */
function watchWarnings({ store, me, began }: Desk, herald: Herald): () => void {
  let known: ReadonlySet<Warning> | null = null;
  return effect(() => {
    const posts = store.timeline.value.flatMap((item) => (item.is === "post" ? [item.post] : []));
    const warned = posts.flatMap((post) => post.warnings.map((warning) => ({ post, warning })));
    const fresh = warned.filter(
      ({ warning }) => known !== null && !known.has(warning) && warning.by.person !== me.person,
    );
    if (began.value) known = new Set(warned.map(({ warning }) => warning));
    for (const { post, warning } of fresh) herald.tell(warns(post, warning));
  });
}

function warns({ by }: Post, warning: Warning): News {
  const reason = t(`flags.warned_${warning.reason}`);
  return {
    says: t("flags.tell_warned", { name: nameOf(warning.by), author: nameOf(by), reason }),
    concerns: true,
  };
}

/** What becomes of one's own posts. */
function watchOwn({ store }: Desk, herald: Herald): () => void {
  let going = new Map<string, boolean>();
  return effect(() => {
    const now = new Map(store.waiting.value.map((one) => [one.id, one.state === "refused"]));
    for (const [id, refused] of going) if (!refused && !now.has(id)) herald.tell(own("room.tell_on_record"));
    for (const [id, refused] of now) if (refused && !going.get(id)) herald.tell(own("room.tell_refused"));
    going = now;
  });
}

function own(word: "room.tell_on_record" | "room.tell_refused"): News {
  return { says: t(word), concerns: true };
}
