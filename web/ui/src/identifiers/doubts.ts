/** What in a text may tell who a patient is, and what its author says of it. */
import type { Evidence, Place } from "../wire/frames.ts";
import { inTime } from "./inTime.ts";
import { at, type Span } from "./span.ts";

/** One place: in which field of what is sent, the words, what found them, and a few words around. */
export interface Doubt {
  readonly field: string;
  readonly words: string;
  readonly rule: string;
  readonly place: Place;
  readonly before: string;
  readonly after: string;
}

/** The author's word that a place identifies nobody: its words, or the place itself where they are many. */
export type Confirmation = string | Place;

const AROUND = 24;
const LONGEST_WORDS = 200;

/** `spans` of `text`, which stands in `field`. */
export function doubtsOf(field: string, text: string, spans: readonly Span[]): Doubt[] {
  return spans.map((place) => ({
    field,
    words: at(text, place),
    rule: place[2],
    place,
    before: ending(at(text, [0, place[0], ""])),
    after: beginning(at(text, [place[1], place[1] + 2 * AROUND, ""])),
  }));
}

/** The last words of `text`. */
function ending(text: string): string {
  return text.length <= AROUND ? text : text.slice(-AROUND).replace(/^\S*\s?/, "… ");
}

/** The first words of `text`. */
function beginning(text: string): string {
  return text.length <= AROUND ? text : text.slice(0, AROUND).replace(/\s?\S*$/, " …");
}

/** What is sent for these to be let by. */
export function confirming(doubts: readonly Doubt[]): Confirmation[] {
  return doubts.map(({ words, place }) => ([...words].length > LONGEST_WORDS ? place : words));
}

type Rules = typeof import("./rules.ts");

/**
 * What the gate would not let by, in `texts` by field. The rules are fetched when they are first needed; where they do
 * not come, nothing is doubted here, and the server decides as it always does.
 */
export async function lookOver(
  texts: Readonly<Record<string, string>>,
  confirmed: readonly Confirmation[] = [],
): Promise<Doubt[]> {
  const rules = await inTime(prepared());
  const all = Object.entries(texts).flatMap(([field, text]) => doubtsOf(field, text, rules?.found(text) ?? []));
  return all.filter((doubt) => !confirmed.some((one) => covers(one, doubt)));
}

/** Fetch the rules, so that they are here when something is sent. */
export function prepared(): Promise<Rules | undefined> {
  return import("./rules.ts").catch(() => undefined);
}

/** Those of `cited` that are words, as texts by field; none where the rules do not come. */
export async function wordsOf(cited: readonly Pick<Evidence, "type" | "ref">[]): Promise<Record<string, string>> {
  if (cited.length === 0) return {};
  const rules = await inTime(prepared());
  return Object.fromEntries(cited.flatMap((item, n) => (rules?.inWords(item) ? [[`evidence.${n}`, item.ref]] : [])));
}

function covers(one: Confirmation, { words, place }: Doubt): boolean {
  return typeof one === "string" ? one === words : one.every((part, n) => part === place[n]);
}
