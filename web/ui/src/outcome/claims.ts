/** What was said that may have turned out right or wrong: what a presenter is asked about. */
import type { RoomStore } from "../room/store/store.ts";
import type { By } from "../wire/frames.ts";
import type { Answers } from "./answers.ts";

/** So many are asked about at once; the others when one wants to. */
export const FEW = 6;
/** A command names no more on each side. */
const MOST = 50;

export interface Claim {
  readonly id: string;
  readonly by: By;
  readonly text: string;
}

export type Verdict = "right" | "wrong" | "neither";

/**
 * The plan, then what is pinned, then other recommendations, and what an earlier outcome named, as far as they are
 * loaded: each once, without what was taken back.
 */
export function claimsOf(
  { plan, pinned, timeline }: Pick<RoomStore, "plan" | "pinned" | "timeline">,
  { supports, contradicts }: Pick<Answers, "supports" | "contradicts">,
): readonly Claim[] {
  const posts = timeline.value.flatMap((item) => (item.is === "post" ? [item.post] : []));
  const named = new Set([...supports, ...contradicts]);
  const others = posts.filter(({ id, kind }) => kind === "recommendation" || named.has(id));
  const gone = new Set(posts.flatMap(({ id, retracted }) => (retracted ? [id] : [])));
  const planned = plan.value.filter(({ retracted }) => !retracted);
  const all = [...planned, ...pinned.value, ...others].filter(({ id, text }) => !gone.has(id) && text !== "");
  return [...new Map<string, Claim>(all.map((claim) => [claim.id, claim])).values()];
}

export function verdictOf({ supports, contradicts }: Pick<Answers, "supports" | "contradicts">, id: string): Verdict {
  return supports.includes(id) ? "right" : contradicts.includes(id) ? "wrong" : "neither";
}

/** The answers with this verdict on a post; as they were where a side is full. */
export function judged(answers: Answers, id: string, verdict: Verdict): Answers {
  const supports = answers.supports.filter((other) => other !== id);
  const contradicts = answers.contradicts.filter((other) => other !== id);
  if (verdict === "neither") return { ...answers, supports, contradicts };
  const side = verdict === "right" ? supports : contradicts;
  return side.push(id) > MOST ? answers : { ...answers, supports, contradicts };
}
