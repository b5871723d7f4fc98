import type { Post } from "../../wire/frames.ts";
import type { Refusal } from "../../wire/refusals.ts";
import { t } from "../../words/words.ts";
import type { Desk } from "../desk.ts";
import { written, wrongIn } from "../evidence/rows.ts";
import { MOST } from "./ComposerPictures.tsx";
import { confirmations, doubted, doubtsIn } from "./doubting.ts";
import { type Draft, EMPTY, keep } from "./drafts.ts";
import "../../words/more/evidence.ts";
import "../../words/more/room.ts";
import "../../words/more/pictures.ts";

const DEFAULT_CHARS = 8_000;
const going = new WeakSet<Desk>();

/**
 * Send the draft, once; or mark in it what may tell who the patient is. It leaves the composer when it is kept in the
 * outbox; what was typed, cited or attached meanwhile stays.
 * Resolves with what is wrong, if anything.
 */
export async function ask(desk: Desk): Promise<string | undefined> {
  const { text, images } = desk.draft.value;
  if (going.has(desk)) return undefined;
  if (text.trim() === "") return images.length > 0 ? t("pictures.needs_words") : undefined;
  if (images.length > MOST) return t("pictures.most");
  const wrong = wrongIn(desk.draft.value.evidence);
  if (wrong) return t(`evidence.mend_${wrong}`);
  if (charsOf(text) > limitOf(desk)) return t("room.say_too_long", { limit: limitOf(desk) });
  going.add(desk);
  try {
    if (await doubted(desk.draft)) return undefined;
    const draft = desk.draft.value;
    await desk.store.command("post", fieldsOf(draft));
    clear(desk, draft);
    return undefined;
  } catch {
    return t("room.say_not_kept");
  } finally {
    going.delete(desk);
  }
}

/** How many characters a post takes, as the server counts them. */
export function limitOf(desk: Desk): number {
  return desk.client.link.limits.value?.text_chars ?? DEFAULT_CHARS;
}

/** Unicode code points: what the server counts. */
export function charsOf(text: string): number {
  return [...text].length;
}

/** The draft that a post was, with what the server found in it. */
export function draftOf(frame: Post, refusal?: Refusal): Draft {
  const { text, kind = "comment", reply_to, to, evidence = [], images = [], not_identifying, trial_data } = frame;
  const doubts = doubtsIn(refusal, { text, evidence });
  return { text, kind, reply_to, to, evidence, images, confirmed: not_identifying, trial_data, ...doubts };
}

function fieldsOf({ text, kind, reply_to, to, evidence, images, confirmed, trial_data }: Draft) {
  const pictures = images.length > 0 ? { images } : {};
  const said = { text: text.trimEnd(), kind, reply_to, to, evidence: written(evidence), trial_data };
  return { ...said, ...pictures, ...confirmations(confirmed) };
}

function clear(desk: Desk, sent: Draft): void {
  const { text, evidence, images } = desk.draft.value;
  desk.draft.value = {
    ...EMPTY,
    text: text.startsWith(sent.text) ? text.slice(sent.text.length) : text,
    evidence: evidence.filter((one) => !sent.evidence.includes(one)),
    images: images.filter((one) => !sent.images.includes(one)),
  };
  keep(desk.draftKey, desk.draft.value);
}
