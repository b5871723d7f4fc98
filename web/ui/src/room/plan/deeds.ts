import type { IconName } from "../../design/Icon.tsx";
import type { ActState } from "../../wire/frames.ts";
import type { Word } from "../../words/words.ts";
import "../../words/more/plan.ts";
import "../../design/drawings.ts";

/** What can be done with an act: the state that it gets, and what that is called. */
export interface Deed {
  readonly state: ActState;
  readonly word: Word;
  /** The one that comes next where all goes well. */
  readonly next?: boolean;
}

/** Which states may follow which; `none`: it is not on the plan. */
export const FOLLOWS: Readonly<Record<ActState | "none", readonly Deed[]>> = {
  none: [
    { state: "accepted", word: "plan.do_accept", next: true },
    { state: "cannot", word: "plan.do_cannot" },
  ],
  accepted: [
    { state: "doing", word: "plan.do_doing", next: true },
    { state: "done", word: "plan.do_done" },
    { state: "cannot", word: "plan.do_cannot" },
    { state: "stopped", word: "plan.do_stopped" },
  ],
  doing: [
    { state: "done", word: "plan.do_done", next: true },
    { state: "cannot", word: "plan.do_cannot" },
    { state: "stopped", word: "plan.do_stopped" },
  ],
  done: [
    { state: "accepted", word: "plan.do_again" },
    { state: "doing", word: "plan.do_undone" },
    { state: "stopped", word: "plan.do_stopped" },
  ],
  cannot: [{ state: "accepted", word: "plan.do_accept" }],
  stopped: [{ state: "accepted", word: "plan.do_accept" }],
};

const CONFIRM: Deed = { state: "accepted", word: "plan.do_confirm", next: true };
const WHEN_RETRACTED: readonly ActState[] = ["done", "cannot", "stopped"];

export const ICONS: Readonly<Record<ActState, IconName>> = {
  accepted: "clock",
  doing: "play",
  done: "check",
  cannot: "alert",
  stopped: "pause",
};

interface Standing {
  readonly version: number;
  readonly retracted: boolean;
  readonly act: { readonly state: ActState; readonly version: number };
}

/** Whether the text is another than the one that was accepted. */
export function isAmended({ version, act }: Pick<Standing, "version" | "act">): boolean {
  return version > act.version;
}

/** What can be done with an act as it is now, what comes next first. */
export function deedsOf(item: Standing): readonly Deed[] {
  const deeds = FOLLOWS[item.act.state];
  if (item.retracted) return deeds.filter(({ state }) => WHEN_RETRACTED.includes(state));
  if (!isAmended(item)) return deeds;
  const others = deeds.filter(({ state }) => state !== "accepted");
  return [CONFIRM, ...others.map(({ state, word }) => ({ state, word }))];
}
