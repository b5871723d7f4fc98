/**
 * What people write, in runs that are shown each in its way. No letter is left out or changed: the runs, put together,
 * are the text.
 *
 * Two marks of Markdown count, since people write them anyway: `**strong**`, and lines that begin as an item of a list.
 * Anything else could change what a dose, a formula or a number says.
 */

/** `mark`: the stars themselves. `mention`: `@` and a name. `unseen`: one character that is not seen, or turns what stands around it. */
export interface Run {
  readonly as: "plain" | "strong" | "mark" | "mention" | "unseen";
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

/** The lines of `text`, in which some of `names` may be mentioned; lines that are no items come together. */
export function lines(text: string, names: readonly string[] = []): readonly Line[] {
  const mentions = text.includes("@") && names.length > 0 ? mentionsOf(names) : null;
  const runs = (line: string) => marked(line).flatMap((run) => (mentions ? mentioned(run, mentions) : [run]));
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

/** `@` and one of `names`, the longest that fits, as the server finds them. */
function mentionsOf(names: readonly string[]): RegExp {
  const those = [...names].sort((one, other) => other.length - one.length).map(escaped);
  return new RegExp(`(?<![\\p{L}\\p{N}_@.])@(?:${those.join("|")})(?![\\p{L}\\p{N}_])`, "gu");
}

function escaped(name: string): string {
  return name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function mentioned(run: Run, mentions: RegExp): readonly Run[] {
  if (run.as !== "plain") return [run];
  const found: Run[] = [];
  let from = 0;
  for (const { 0: mention, index } of run.text.matchAll(mentions)) {
    if (index > from) found.push({ as: "plain", text: run.text.slice(from, index) });
    found.push({ as: "mention", text: mention });
    from = index + mention.length;
  }
  if (from < run.text.length) found.push({ as: "plain", text: run.text.slice(from) });
  return found;
}

function marked(text: string): readonly Run[] {
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
