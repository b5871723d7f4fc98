/**
 * What a person writes and has not sent, kept on this device at every pause.
 *
 * In localStorage, because that is written to at once: what was typed last is kept when the page goes away. A page
 * cannot wait for a database then.
 */
import type { Confirmation, Doubt } from "../../identifiers/doubts.ts";
import type { Evidence } from "../../wire/frames.ts";
import type { PostKind } from "../fold/post.ts";

export interface Draft {
  readonly text: string;
  readonly kind: PostKind;
  readonly reply_to?: string | undefined;
  readonly to?: string | undefined;
  readonly evidence: readonly Evidence[];
  /** Pictures that were brought, and that their bringer has looked at. */
  readonly images: readonly string[];
  /** What may tell who the patient is, as the text stands. */
  readonly doubts?: readonly Doubt[] | undefined;
  /** What of it the author has confirmed to identify nobody. */
  readonly confirmed?: readonly Confirmation[] | undefined;
  /** It has data of a trial that is not public: observers are not shown it. */
  readonly trial_data?: boolean | undefined;
}

export const EMPTY: Draft = { text: "", kind: "comment", evidence: [], images: [] };
const PREFIX = "curbside.draft";
/** Who signed out on this page: what its views hold still must not be kept when they go. */
const gone = new Set<string>();

/** The draft's name: `what` is "say" for a new post, or what is done to which post. */
export function draftKey(person: string, room: string, what: string): string {
  return [PREFIX, person, room, what].join("/");
}

export function keep(key: string, draft: Draft): void {
  hold(key, isEmpty(draft) ? null : draft);
}

/** Hold `content` under the name of a draft; null forgets it. */
export function hold(key: string, content: object | null): void {
  try {
    if (content === null || gone.has(key.split("/")[1] ?? "")) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(content));
  } catch {
    // Without storage the draft lasts for this page.
  }
}

/** The draft that was kept, or an empty one. */
export function kept(key: string): Draft {
  return { ...EMPTY, ...held(key) };
}

/** What is held under the name of a draft, or null. */
export function held(key: string): object | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/** Forget all that `person` began to write on this device: they sign out. */
export function forgetDrafts(person: string): void {
  gone.add(person);
  try {
    const own = `${PREFIX}/${person}/`;
    const keys = Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at) ?? "");
    for (const key of keys) if (key.startsWith(own)) localStorage.removeItem(key);
  } catch {
    // There was nothing to forget.
  }
}

/** Whether nothing would be lost with it. */
export function isEmpty({ text, reply_to, to, evidence, images, trial_data = false }: Draft): boolean {
  const chosen = reply_to !== undefined || to !== undefined || trial_data;
  return text === "" && !chosen && evidence.length + images.length === 0;
}

/** Two drafts as one, `first` before `then`. Of what only one can be it is that of the first, if it has any. */
export function joined(first: Draft, then: Draft): Draft {
  return {
    text: first.text && then.text ? `${first.text}\n\n${then.text}` : first.text || then.text,
    kind: first.kind,
    reply_to: first.reply_to ?? then.reply_to,
    to: first.to ?? then.to,
    evidence: [...first.evidence, ...then.evidence],
    images: [...first.images, ...then.images],
    doubts: first.doubts,
    confirmed: [...(first.confirmed ?? []), ...(then.confirmed ?? [])],
    trial_data: first.trial_data || then.trial_data,
  };
}
