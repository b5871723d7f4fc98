import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { Button } from "../../design/Button.tsx";
import { Icon } from "../../design/Icon.tsx";
import { said, t } from "../../words/words.ts";
import type { Post } from "../fold/post.ts";
import { PostWarnings } from "./PostWarnings.tsx";
import { names } from "./Stances.tsx";
import { mostWarnedOf, warnedOf } from "./warned.ts";
import "./warnings.css";
import "../../words/more/flags.ts";

interface Props {
  id: string;
  post: Post;
  me: string;
  /** What is folded away. */
  children: ComponentChildren;
}

/** A post that is folded away: one line that says why, and the post for whoever wants to see it. */
export function PostFolded({ id, post, me, children }: Props) {
  const [open, setOpen] = useState(false);
  const what = useId();
  return (
    <div class="fold">
      <p id={open ? undefined : id} class="fold-line">
        <Icon name="alert" />
        <span class="fold-says">
          <Why post={post} me={me} />
        </span>
        <Button look="bare" aria-expanded={open} aria-controls={what} onClick={() => setOpen(!open)}>
          {t(open ? "flags.fold" : "flags.unfold")}
        </Button>
      </p>
      <div id={what} class="fold-what" hidden={!open}>
        {open && warnedOf(post).length > 1 && <PostWarnings post={post} me={me} />}
        {open && children}
      </div>
    </div>
  );
}

function Why({ post, me }: { post: Post; me: string }) {
  const most = mostWarnedOf(post);
  if (!most) return <>{t("flags.folded_short")}</>;
  const who = <bdi>{names(most.warnings, me)}</bdi>;
  return <>{said(`flags.folded_${most.reason}`, { who })}</>;
}
