/** A text as tokens, and each token as one letter for its class: realtime/rooms/identifiers/lexing.py. */
import { ENDINGS, WORDS } from "./rulebook.ts";

export interface Lexed {
  readonly classes: string;
  /** Where each token starts, in UTF-16 units; the last start is the end. */
  readonly starts: readonly number[];
}

const TOKEN = /(?:(?![0-9])[\p{L}\p{N}])+|[0-9]+|[ \t\u00a0\u2009\u202f]+|\r?\n\s*|[\s\S]/gu;
const LONGEST_ACRONYM = 3;
const NAMES = "GSEV";
const OTHER = "¤";
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xbe6, 0xe50, 0xff10];
const OTHER_DIGITS = new RegExp(`[${ZEROS.map((zero) => String.fromCharCode(zero, 45, zero + 9)).join("")}]`, "g");

/** `text` with the digits of other scripts as 0 to 9, place for place. */
export function plain(text: string): string {
  return text.replace(OTHER_DIGITS, (digit) => {
    const zero = ZEROS.findLast((one) => one <= digit.charCodeAt(0)) ?? 0;
    return String(digit.charCodeAt(0) - zero);
  });
}

/** `text`, which is `plain`, as classes. */
export function lexed(text: string): Lexed {
  const starts = [0];
  let classes = "";
  let at = 0;
  for (const [token] of text.matchAll(TOKEN)) {
    classes += classOf(token);
    at += token.length;
    starts.push(at);
  }
  return { classes, starts };
}

function classOf(token: string): string {
  if (/^\p{L}/u.test(token)) return word(token);
  if (/^[0-9]/.test(token)) return digits(token.length);
  if (/^\s/u.test(token)) return token.includes("\n") ? "\n" : " ";
  return token.length > 1 || /^\p{N}/u.test(token) ? OTHER : token;
}

function digits(count: number): string {
  if (count > 20) return "∞";
  return count < 10 ? String(count) : String.fromCharCode(0x2460 + count - 1);
}

function word(token: string): string {
  const low = token.toLowerCase();
  const known = WORDS.get(low);
  if (!/^\p{Lu}/u.test(token)) return known ? known[1] : "w";
  if (token.length === 1) return token === "A" ? "a" : "I";
  if (token === token.toUpperCase()) {
    return !known || (token.length <= LONGEST_ACRONYM && NAMES.includes(known[2])) ? "U" : known[2];
  }
  return known ? known[0] : ending(low);
}

function ending(low: string): string {
  return ENDINGS.find(([end]) => low.endsWith(end) && low.length > end.length + 2)?.[1] ?? "C";
}
