import type { ActState } from "../../wire/frames.ts";
import { inRow } from "../../words/format.ts";
import { t } from "../../words/words.ts";
import { isOpen } from "../fold/plan.ts";
import type { Post } from "../fold/post.ts";
import type { Item } from "../store/item.ts";
import type { PlannedPost } from "../store/store.ts";
import "../../words/more/plan.ts";

/** So many acts may be open at once. */
export const MOST_OPEN = 7;
const STATES: readonly ActState[] = ["doing", "accepted", "done", "cannot", "stopped"];

/** Recommendations that contradict each other, side by side: acts, and what stands against them and is on no plan. */
export interface Group {
  readonly acts: readonly PlannedPost[];
  readonly against: readonly Post[];
}

/** "Plan: 3 doing, 1 done". */
export function lineOf(plan: readonly PlannedPost[]): string {
  const counted = STATES.map((state) => [state, plan.filter(({ act }) => act.state === state).length] as const);
  const states = counted.filter(([, count]) => count > 0).map(([state, count]) => t(`plan.count_${state}`, { count }));
  return t("plan.line", { states: inRow(states) });
}

export function isFull(plan: readonly PlannedPost[]): boolean {
  return plan.filter(({ act }) => isOpen(act)).length >= MOST_OPEN;
}

/** The plan in groups of what contradicts each other: what is open first, and of that what has to be decided between. */
export function groupsOf(plan: readonly PlannedPost[], timeline: readonly Item[]): readonly Group[] {
  const groups: Group[] = [];
  const left = [...plan];
  for (let first = left.shift(); first !== undefined; first = left.shift()) {
    const acts = [first];
    for (let n = 0; n < left.length; ) {
      const other = left[n] as PlannedPost;
      if (acts.some((act) => differ(act, other))) acts.push(...left.splice(n, 1));
      else n += 1;
    }
    groups.push({ acts, against: against(acts, plan, timeline) });
  }
  return groups.sort((one, other) => rankOf(one) - rankOf(other));
}

function rankOf({ acts, against }: Group): number {
  if (!acts.some(({ act }) => isOpen(act))) return 2;
  return acts.length + against.length > 1 ? 0 : 1;
}

type Claim = Pick<PlannedPost, "id" | "contradicts">;

function differ(one: Claim, other: Claim): boolean {
  return one.contradicts === other.id || other.contradicts === one.id;
}

/** Recommendations, as far as they are loaded, that contradict one of `acts` and are not on the plan. */
function against(acts: readonly PlannedPost[], plan: readonly PlannedPost[], timeline: readonly Item[]): Post[] {
  const planned = new Set(plan.map(({ id }) => id));
  return timeline
    .map((item) => (item.is === "post" ? item.post : undefined))
    .filter((post) => post !== undefined)
    .filter(({ id, kind, retracted }) => kind === "recommendation" && !retracted && !planned.has(id))
    .filter((post) => acts.some((act) => differ(act, post)));
}
