/** The evidence of a draft, row by row. */
import type { Evidence } from "../../wire/frames.ts";
import { keyOf, normal, recognised } from "./references.ts";

export const EMPTY_ROW: Evidence = { type: "pmid", ref: "" };

/** What is written in words, once its author has said so, stays words. */
const WORDS: ReadonlySet<string> = new Set(["guideline", "experience"]);

/** The rows in which something is written, each as it is kept. */
export function written(rows: readonly Evidence[]): Evidence[] {
  return rows
    .filter((row) => row.ref.trim() !== "")
    .map((row) => ({ ...row, ref: normal(row.type, row.ref.trim()) ?? row.ref.trim() }));
}

/** Whether what is written in a row is not written as its kind is. */
export function isWrong({ type, ref }: Evidence): boolean {
  return ref.trim() !== "" && normal(type, ref.trim()) === null;
}

/** What keeps the rows from being sent: one that is not written as its kind is, or two of the same. */
export function wrongIn(rows: readonly Evidence[]): "wrong" | "twice" | null {
  const said = written(rows);
  if (said.some(isWrong)) return "wrong";
  return new Set(said.map(keyOf)).size < said.length ? "twice" : null;
}

/** The row as somebody types in it: what is recognised says of which kind it is. */
export function typed(row: Evidence, ref: string): Evidence {
  const type = WORDS.has(row.type) ? row.type : (recognised(ref)?.type ?? row.type);
  return { ...row, type, ref };
}

/** The row when its writer has pasted something or goes on: in its one form; what is no reference is words. */
export function settled(row: Evidence): Evidence {
  const known = WORDS.has(row.type) ? null : recognised(row.ref);
  if (known !== null) return { ...row, ...known };
  return isWrong(row) && /[^\d\s]/.test(row.ref) && /\s/.test(row.ref.trim()) ? { ...row, type: "guideline" } : row;
}
