/** Naming somebody in a text: `@` and the beginning of a handle, as far as it is typed. */
import { folded } from "../../words/matching.ts";

/** What stands behind an `@` up to the cursor; `from` is where the `@` stands. */
export interface Typed {
  readonly from: number;
  readonly name: string;
}

const MOST_OFFERED = 5;
const TYPED = /(?<![\p{L}\p{N}_@.])@([^\n@]{0,64})$/u;

/** What is being typed of a name at the cursor, or null. */
export function typedAt(text: string, cursor: number): Typed | null {
  const match = TYPED.exec(text.slice(0, cursor));
  return match && { from: match.index, name: match[1] ?? "" };
}

/** The names that begin so, whole ones left out. */
export function offered(names: readonly string[], { name }: Typed): readonly string[] {
  const begins = folded(name);
  return names.filter((one) => one !== name && folded(one).startsWith(begins)).slice(0, MOST_OFFERED);
}

/** The text with the name in place of what was typed of it, and where the cursor is then. */
export function completed(
  text: string,
  { from }: Typed,
  cursor: number,
  name: string,
): { text: string; cursor: number } {
  const said = `@${name} `;
  const rest = text.slice(cursor).replace(/^ /, "");
  return { text: text.slice(0, from) + said + rest, cursor: from + said.length };
}
