import type { ActState } from "../../wire/frames.ts";
import type { Desk } from "../desk.ts";
import { type Progress, progressOf, send } from "../people/progress.ts";
import type { Fields } from "../store/store.ts";

/** How far this person's newest change of an act is. */
export function progressOfAct({ store }: Pick<Desk, "store">, target: string): Progress {
  return progressOf(store, "act", (frame) => frame.target === target);
}

/** Say what becomes of a recommendation. */
export function act(desk: Pick<Desk, "store" | "client">, fields: Fields<"act">): Promise<void> {
  return send(desk, "act", fields, (frame) => frame.target === fields.target);
}

/** What has to be written before an act gets a state: nothing, or why it cannot be, or what was heard. */
export function asksFor({ store }: Pick<Desk, "store">, state: ActState): boolean {
  return state === "cannot" || state === "stopped" || (state === "accepted" && store.case.value?.acuity === "stat");
}
