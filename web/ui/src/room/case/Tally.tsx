import { Icon } from "../../design/Icon.tsx";
import { nameOf } from "../../design/Person.tsx";
import { list } from "../../words/format.ts";
import { t } from "../../words/words.ts";
import type { Post, Stance } from "../fold/post.ts";
import { Dissent } from "../post/Dissent.tsx";
import "../post/stances.css";
import "../../words/more/room.ts";

const NAMED = 3;

/** Who agrees and who disputes, both as loud; names as far as the post is loaded. */
export function Tally({ agree, disagree, post }: { agree: number; disagree: number; post: Post | undefined }) {
  if (agree + disagree === 0) return null;
  return (
    <ul class="tally">
      {agree > 0 && (
        <li class="tally-agree">
          <Icon name="check" />
          {t("room.post_agree", { count: agree })}
          <Names of={post?.agree ?? []} />
        </li>
      )}
      {disagree > 0 && (
        <li class="tally-dispute">
          <Icon name="differs" />
          {t("room.post_disagree", { count: disagree })}
          <Names of={post?.disagree ?? []} />
        </li>
      )}
      {post && disagree > 0 && (
        <li>
          <Dissent stances={post.disagree} />
        </li>
      )}
    </ul>
  );
}

function Names({ of }: { of: readonly Stance[] }) {
  if (of.length === 0) return null;
  const names = of.slice(0, NAMED).map((stance) => nameOf(stance.by));
  const more = of.length - names.length;
  return <bdi class="tally-names">{list(more > 0 ? [...names, t("room.post_others", { count: more })] : names)}</bdi>;
}
