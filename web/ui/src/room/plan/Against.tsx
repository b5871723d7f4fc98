import { Button } from "../../design/Button.tsx";
import { nameOf } from "../../design/Person.tsx";
import { t } from "../../words/words.ts";
import { Folded } from "../case/Folded.tsx";
import type { Desk } from "../desk.ts";
import type { Post } from "../fold/post.ts";
import { Claim } from "./Claim.tsx";
import "../../words/more/plan.ts";
import "../../words/more/room.ts";
import "../../words/more/flags.ts";

const LINES = 4;

/** A recommendation that contradicts an act and is on no plan itself: seen beside it all the same. */
export function Against({ post, desk }: { post: Post; desk: Desk }) {
  const name = nameOf(post.by);
  return (
    <article class="plan-act plan-unplanned" aria-labelledby={`plan-${post.id}`}>
      <header class="plan-head">
        <p id={`plan-${post.id}`} class="plan-state">
          {t("plan.not_planned")}
        </p>
        <Button
          look="bare"
          onClick={() => {
            desk.wanted.value = post.id;
          }}
        >
          {t("room.case_jump")}
          <span class="quiet"> {t("room.case_of", { name })}</span>
        </Button>
      </header>
      {post.withheld || post.collapsed ? (
        <p class="case-note">{t(post.withheld ? "flags.withheld" : "flags.folded_short")}</p>
      ) : (
        <Folded key={post.text} text={post.text} lines={LINES} of={name} />
      )}
      <Claim by={post.by} agree={post.agree.length} disagree={post.disagree.length} post={post} />
    </article>
  );
}
