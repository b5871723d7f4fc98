import { useState } from "preact/hooks";
import { Button, IconButton } from "../../design/Button.tsx";
import { later, Nothing, Over } from "../../design/later.tsx";
import { t } from "../../words/words.ts";
import { type Desk, open, reply } from "../desk.ts";
import type { Post, Stance } from "../fold/post.ts";
import "./post-acts.css";
import "../../words/more/room.ts";

const PostMore = later(() => import("./PostMore.tsx").then((file) => file.PostMore), Over);

const AwardAct = later(() => import("../../awards/AwardAct.tsx").then((file) => file.AwardAct), Nothing);

interface Props {
  post: Post;
  desk: Desk;
}

/** What one can do with a post. What one may not do is not here. */
export function PostActs({ post, desk }: Props) {
  const [more, setMore] = useState(false);
  const { writes, judges, plans, awards } = desk.rights.value;
  const offered = plans && post.kind === "recommendation" && !isPlanned(desk, post.id);
  return (
    <div class="post-acts">
      {offered && (
        <Button look="bare" icon="list" class="act-plan" onClick={() => plan(desk, post.id)}>
          {t("room.post_plan")}
        </Button>
      )}
      {judges && post.by.person !== desk.me.person && <Judge post={post} desk={desk} />}
      {writes && (
        <Button look="bare" icon="reply" class="act-reply" onClick={() => reply(desk, post.id)}>
          {t("room.post_reply")}
        </Button>
      )}
      {awards && !isKept(post) && <AwardAct post={post.id} desk={desk} />}
      <IconButton icon="dots" name={t("room.post_more")} aria-expanded={more} onClick={() => setMore(!more)} />
      {more && <PostMore post={post} desk={desk} />}
    </div>
  );
}

/** Whether observers are not shown it. */
function isKept({ withheld, trial_data, collapsed }: Post): boolean {
  return withheld || trial_data === true || collapsed;
}

/** In a `stat` case it is read back first; else one tap does. The focus stays with the post. */
function plan(desk: Desk, post: string): void {
  if (desk.store.case.value?.acuity === "stat") {
    open(desk, { post, is: "plan" });
    return;
  }
  void desk.store.command("act", { target: post, state: "accepted" });
  desk.wanted.value = post;
}

/** Whether somebody has said already what becomes of it: then the plan shows it, and what can be done with it. */
function isPlanned({ store }: Desk, post: string): boolean {
  return store.plan.value.some(({ id }) => id === post);
}

function Judge({ post, desk }: Props) {
  const mine = stanceOf(post, desk.me.person);
  return (
    <>
      {mine?.stance !== "agree" && (
        <Button look="bare" icon="check" class="act-agree" onClick={() => judge(desk, post, "agree")}>
          {t("room.post_corroborate")}
        </Button>
      )}
      {mine?.stance === "agree" && !mine.note && (
        <Button look="bare" onClick={() => open(desk, { post: post.id, is: "note" })}>
          {t("room.post_add_note")}
        </Button>
      )}
      {mine?.stance !== "disagree" && (
        <Button
          look="bare"
          icon="differs"
          class="act-dispute"
          onClick={() => open(desk, { post: post.id, is: "dispute" })}
        >
          {t("room.post_dispute")}
        </Button>
      )}
      {mine && (
        <Button look="bare" onClick={() => judge(desk, post, "withdraw")}>
          {t("room.post_withdraw")}
        </Button>
      )}
    </>
  );
}

/** Take a stance that needs no reason, or withdraw the one held. The focus stays with the post. */
export function judge(desk: Desk, post: Post, stance: "agree" | "withdraw"): void {
  void desk.store.command("corroborate", { target: post.id, stance });
  desk.wanted.value = post.id;
}

/** The stance that a person holds on the present text of a post. */
export function stanceOf(post: Post, person: string): Stance | undefined {
  return [...post.agree, ...post.disagree].find((stance) => stance.by.person === person);
}
