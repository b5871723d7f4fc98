/** Where an item stands in the timeline: when it was, after which day, and about how high it will be. */

import type { Post } from "../fold/post.ts";
import type { Item } from "../store/item.ts";

/** Unix ms; of what is not on record yet, by this machine's clock. */
export function atOf(item: Item): number {
  if (item.is === "unrecorded") return item.said.said_at;
  return item.is === "post" ? item.post.at : item.is === "note" ? item.entry.at : item.waiting.made_at;
}

/** The item's place in the record; null while it has none. */
export function seqOf(item: Item): number | null {
  return item.is === "post" ? item.post.seq : item.is === "note" ? item.entry.seq : null;
}

/** The places of all that one sees of an item: its own, and those of the stances on it. */
export function seqsOf(item: Item): number[] {
  const stances = item.is === "post" ? [...item.post.agree, ...item.post.disagree] : [];
  return [seqOf(item) ?? 0, ...stances.map((stance) => stance.seq)];
}

/** Whether another day begins with the item at `index`, in the reader's time zone. */
export function beginsDay(items: readonly Item[], index: number): boolean {
  const item = items[index];
  const before = items[index - 1];
  if (item === undefined) return false;
  return before === undefined || new Date(atOf(item)).toDateString() !== new Date(atOf(before)).toDateString();
}

/** Where "new" begins: the first post of others after `seq`; null where there is none, or one was never here. */
export function firstUnread(items: readonly Item[], seq: number, me: string): string | null {
  if (seq === 0) return null;
  const first = items.find((item) => item.is === "post" && item.post.seq > seq && item.post.by.person !== me);
  return first?.key ?? null;
}

const LINE_PX = 25;
const LETTER_PX = 7.6;
const FRAME_PX = 60;
const NOTE_PX = 37;
/** A preview is about so many lines high. */
const PICTURE_LINES = 9;

/** About how high an item is, px, where text is `width` px wide. The browser says better once it is drawn. */
export function heightOf(item: Item, width: number): number {
  if (item.is === "note") return item.entry.kind === "closed" ? 4 * NOTE_PX : NOTE_PX;
  const text = textOf(item);
  const lines = Math.ceil(text.length / Math.max(20, width / LETTER_PX)) || 1;
  return FRAME_PX + LINE_PX * (lines + (item.is === "post" ? below(item.post) : 0));
}

function textOf(item: Exclude<Item, { is: "note" }>): string {
  if (item.is === "unrecorded") return item.said.text;
  return item.is === "post" ? item.post.text : item.waiting.frame.text;
}

function below(post: Post): number {
  const quote = post.reply_to ? 1 : 0;
  const evidence = post.evidence.length ? 1.5 : 0;
  const pictures = post.pictures.length ? PICTURE_LINES : 0;
  return quote + evidence + pictures + (post.agree.length ? 2 : 0) + (post.disagree.length ? 2 : 0);
}
