/**
 * What people write, in runs that are shown each in its way. No letter is left out or changed: the runs, put together,
 * are the text.
 *
 * Two marks of Markdown count, since people write them anyway: `**strong**`, and lines that begin as an item of a list.
 * Anything else could change what a dose, a formula or a number says.
 */

/** `mark`: the stars themselves. `unseen`: one character that is not seen, or turns what stands around it. */
export interface Run {
  readonly as: "plain" | "strong" | "mark" | "unseen";
  readonly text: string;
}

/** One line, with its end; `item`: of a list. */
export interface Line {
  readonly item: boolean;
  readonly runs: readonly Run[];
}

const LINE = /[^\n]*\n|[^\n]+$/g;
const ITEM = /^ {0,3}(?:[-*•‣–]|\d{1,2}[.)])\s+\S/;
const STRONG = /(?<![^\s([{"'“‘—–-])(\*\*)(?=[^\s*])([^*\n]*[^*\s])(\*\*)(?![^\s)\]}"'”’.,;:!?—–-])/g;
/**
 * Embeddings and overrides of direction, which turn what follows (U+202A to U+202E), and what takes no room: zero-width
 * space, joiners of words, invisible operators, blanks and fillers of other scripts, tags. Not the marks and isolates
 * that Arabic and Hebrew need, nor the joiners of Persian and of emoji (UTS 55 §3).
 */
const UNSEEN =
  /[\u202a-\u202e\u200b\u2060-\u2064\ufeff\u00ad\u180e\u2800\u115f\u1160\u3164\uffa0\u{e0000}-\u{e007f}]/gu;

/** The lines of `text`; lines that are no items come together. */
export function lines(text: string): readonly Line[] {
  const found: Line[] = [];
  let plain = "";
  const flush = () => {
    if (plain) found.push({ item: false, runs: runs(plain) });
    plain = "";
  };
  for (const [line] of text.matchAll(LINE)) {
    if (ITEM.test(line)) {
      flush();
      found.push({ item: true, runs: runs(line) });
    } else plain += line;
  }
  flush();
  return found;
}

/** The character's name in code charts: "U+202E". */
export function codeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

function runs(text: string): readonly Run[] {
  const found: Run[] = [];
  let from = 0;
  for (const match of text.matchAll(STRONG)) {
    const [all, open = "", inside = "", close = ""] = match;
    found.push(...seen(text.slice(from, match.index), "plain"));
    found.push({ as: "mark", text: open }, ...seen(inside, "strong"), { as: "mark", text: close });
    from = match.index + all.length;
  }
  return [...found, ...seen(text.slice(from), "plain")];
}

function seen(text: string, as: "plain" | "strong"): readonly Run[] {
  const found: Run[] = [];
  let from = 0;
  for (const { 0: character, index } of text.matchAll(UNSEEN)) {
    if (index > from) found.push({ as, text: text.slice(from, index) });
    found.push({ as: "unseen", text: character });
    from = index + character.length;
  }
  if (from < text.length) found.push({ as, text: text.slice(from) });
  return found;
}
