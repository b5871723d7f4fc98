import { Icon } from "../../design/Icon.tsx";
import { nameOf, Person } from "../../design/Person.tsx";
import type { By } from "../../wire/frames.ts";
import { list } from "../../words/format.ts";
import { t } from "../../words/words.ts";
import type { Post, Stance } from "../fold/post.ts";
import { Dissent } from "../post/Dissent.tsx";
import "../post/stances.css";
import "../../words/more/plan.ts";
import "../../words/more/room.ts";

const NAMED = 3;

interface Props {
  by: By;
  agree: number;
  disagree: number;
  /** The recommendation, where it is loaded. */
  post: Post | undefined;
}

/** Whose recommendation it is, and who is for and who against it: always both; why they are against it in their words. */
export function Claim({ by, agree, disagree, post }: Props) {
  return (
    <>
      <p class="plan-claim">
        <Person by={by} />
        <span class="plan-stood">
          <span class="plan-for">
            <Icon name="check" /> {t("plan.support", { count: agree })}
            <Names of={post?.agree} />
          </span>
          <span class="plan-against">
            <Icon name="differs" /> {t("plan.dissent", { count: disagree })}
            <Names of={post?.disagree} />
          </span>
        </span>
      </p>
      {post && <Dissent stances={post.disagree} />}
    </>
  );
}

function Names({ of = [] }: { of: readonly Stance[] | undefined }) {
  if (of.length === 0) return null;
  const names = of.slice(0, NAMED).map((stance) => nameOf(stance.by));
  const more = of.length - names.length;
  return <bdi class="plan-names">{list(more > 0 ? [...names, t("room.post_others", { count: more })] : names)}</bdi>;
}
