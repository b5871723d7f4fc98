import { type Desk, shut } from "../desk.ts";
import { ActForm } from "./ActForm.tsx";
import "../../words/more/plan.ts";

/** At a post: asks what it needs to go on the plan, or why it cannot be done here. */
export function PostOnPlan({ post, is, desk }: { post: string; is: "plan" | "cannot"; desk: Desk }) {
  const deed =
    is === "plan"
      ? ({ state: "accepted", word: "plan.do_accept" } as const)
      : ({ state: "cannot", word: "plan.do_cannot" } as const);
  return <ActForm desk={desk} target={post} deed={deed} onClose={() => shut(desk)} />;
}
