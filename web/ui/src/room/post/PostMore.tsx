import { useState } from "preact/hooks";
import { Button, ButtonLink } from "../../design/Button.tsx";
import { t } from "../../words/words.ts";
import { type Desk, open } from "../desk.ts";
import type { Post } from "../fold/post.ts";
import "../../words/more/room.ts";
import "../../words/more/flags.ts";
import "../../design/drawings.ts";

interface Props {
  post: Post;
  desk: Desk;
}

/** What is seldom done with a post. */
export function PostMore({ post, desk }: Props) {
  const { writes, moderates, pins, plans, hands_over, flags, reports } = desk.rights.value;
  const mine = post.by.person === desk.me.person;
  const own = writes && mine;
  return (
    <div class="post-more">
      {own && (
        <Button look="bare" onClick={() => open(desk, { post: post.id, is: "amend" })}>
          {t("room.post_amend")}
        </Button>
      )}
      {(own || moderates) && (
        <Button look="bare" onClick={() => open(desk, { post: post.id, is: "retract" })}>
          {t("room.post_retract")}
        </Button>
      )}
      {moderates && !mine && (
        <ButtonLink look="bare" href={`/moderation?person=${encodeURIComponent(post.by.handle || post.by.person)}`}>
          {t("flags.impose_this")}
        </ButtonLink>
      )}
      {(own || hands_over) && !post.trial_data && (
        <Button look="bare" onClick={() => withhold(desk, post)}>
          {t("room.post_withhold")}
        </Button>
      )}
      {plans && post.kind === "recommendation" && !desk.store.plan.value.some(({ id }) => id === post.id) && (
        <Button look="bare" onClick={() => open(desk, { post: post.id, is: "cannot" })}>
          {t("room.post_cannot")}
        </Button>
      )}
      {pins && <Pin post={post} desk={desk} />}
      {flags && !mine && (
        <Button look="bare" icon="flag" onClick={() => open(desk, { post: post.id, is: "flag" })}>
          {t("flags.flag")}
        </Button>
      )}
      {reports && (
        <Button look="bare" onClick={() => open(desk, { post: post.id, is: "adverse" })}>
          {t("room.post_adverse")}
        </Button>
      )}
      <CopyLink address={`${location.origin}/case/${desk.store.id}#${post.id}`} />
    </div>
  );
}

/** Keep a post from observers. The focus stays with it. */
function withhold(desk: Desk, post: Post): void {
  void desk.store.command("withhold", { target: post.id, reason: "trial_data" });
  desk.wanted.value = post.id;
}

function Pin({ post, desk }: Props) {
  const pinned = desk.store.pinned.value.some((pin) => pin.id === post.id);
  const turn = () => {
    void desk.store.command(pinned ? "unpin" : "pin", { target: post.id });
    desk.wanted.value = post.id;
  };
  return (
    <Button look="bare" icon="pin" onClick={turn}>
      {t(pinned ? "room.post_unpin" : "room.post_pin")}
    </Button>
  );
}

function CopyLink({ address }: { address: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard.writeText(address).then(() => setCopied(true));
  return (
    <Button look="bare" onClick={copy}>
      {t(copied ? "room.post_copied" : "room.post_copy")}
    </Button>
  );
}
