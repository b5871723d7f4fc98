import type { ActState, By, Entry, PlannedPost } from "../../wire/frames.ts";

/**
 * What became of a recommendation: its state, by whom and when (Unix ms).
 *
 * `version`: of the text that was accepted. `done`: the version that was done last, 0 where none was. `seq`: of the
 * event that first took it up. `read_back` is of the last acceptance, `reason` of the present state.
 */
export interface Act {
  readonly target: string;
  readonly seq: number;
  readonly state: ActState;
  readonly by: By;
  readonly at: number;
  readonly version: number;
  readonly done: number;
  readonly read_back: string | null;
  readonly reason: string | null;
}

type Acted = Extract<Entry, { kind: "acted" }>;

/** The plan after an event, in the order in which each act was first taken up. */
export function acted(plan: readonly Act[], entry: Acted): readonly Act[] {
  const before = plan.find(({ target }) => target === entry.body.target);
  const act = after(before, entry);
  return before ? plan.map((other) => (other === before ? act : other)) : [...plan, act];
}

/** An act as the server folded it. */
export function actOf({ id, act }: PlannedPost): Act {
  return { target: id, ...act, read_back: act.read_back ?? null, reason: act.reason ?? null };
}

/** Whether it is still to be done. */
export function isOpen({ state }: Pick<Act, "state">): boolean {
  return state === "accepted" || state === "doing";
}

function after(before: Act | undefined, { seq, at, by, body }: Acted): Act {
  const { target, state, version } = body;
  const heard = state === "accepted" || !before ? body.read_back : before.read_back;
  return {
    ...{ target, seq: before?.seq ?? seq, state, by, at, version, done: doneAfter(before, body) },
    read_back: heard ?? null,
    reason: body.reason ?? null,
  };
}

function doneAfter(before: Act | undefined, { state, version }: Acted["body"]): number {
  if (state === "done") return version;
  return !before || (before.state === "done" && state === "doing") ? 0 : before.done;
}
