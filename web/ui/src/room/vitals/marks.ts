/** What was done meanwhile: the acts of the plan as marks on the axis of the vital signs. */
import type { ActState } from "../../wire/frames.ts";
import { timeOfDay } from "../../words/format.ts";
import { t } from "../../words/words.ts";
import type { PlannedPost } from "../store/store.ts";
import { type Axis, type Mark, placeOf, WIDTH } from "./trend.ts";
import "../../words/more/flags.ts";
import "../../words/more/plan.ts";
import "../../words/more/vitals.ts";

const MARKED: readonly ActState[] = ["accepted", "doing", "done"];
const MOST_CHARS = 120;
/** So many parts of the axis are tapped, each as wide as a thumb on the narrowest screen. */
export const PARTS = 6;

/** The acts that were taken up, begun or done, as they are now, the oldest first. */
export function marksOf(plan: readonly PlannedPost[]): readonly Mark[] {
  const marked = plan.filter(({ act }) => MARKED.includes(act.state));
  return marked.map(markOf).toSorted((one, other) => one.at - other.at);
}

/** The marks by the part of the axis in which they stand; parts without one are absent. */
export function partsOf(marks: readonly Mark[], axis: Axis): ReadonlyMap<number, readonly Mark[]> {
  const parts = new Map<number, Mark[]>();
  for (const mark of marks) {
    const part = Math.min(PARTS - 1, Math.floor((placeOf(mark.at, axis) / WIDTH) * PARTS));
    parts.set(part, [...(parts.get(part) ?? []), mark]);
  }
  return parts;
}

/** "14:05, done: Adrenaline 0.5 mg into the thigh." */
export function labelOf({ at, state, text }: Mark): string {
  return t(`vitals.act_${state}`, { time: timeOfDay(at), text });
}

function markOf(item: PlannedPost): Mark {
  const { at, state } = item.act;
  return { id: item.id, at, state: state as Mark["state"], text: beginning(textOf(item)) };
}

function textOf({ text, retracted, post }: PlannedPost): string {
  if (retracted) return t("plan.retracted");
  if (post?.withheld) return t("flags.withheld");
  return post?.collapsed ? t("flags.folded_short") : text;
}

/** No more than is read at a glance; the plan has the whole. */
function beginning(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > MOST_CHARS ? `${line.slice(0, MOST_CHARS).replace(/\s\S*$/, "")} …` : line;
}
