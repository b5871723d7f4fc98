import { Icon } from "../../design/Icon.tsx";
import { said, t } from "../../words/words.ts";
import type { Post } from "../fold/post.ts";
import { names } from "./Stances.tsx";
import { warnedOf } from "./warned.ts";
import "./warnings.css";
import "../../words/more/flags.ts";

/** Who warns of a post, and of what: above its text, in the order of their warning. */
export function PostWarnings({ post, me }: { post: Post; me: string }) {
  if (post.warnings.length === 0) return null;
  return (
    <ul class="warnings">
      {warnedOf(post).map(({ reason, warnings }) => (
        <li key={reason} class="warning">
          <Icon name="alert" />
          <span>
            <strong>{t(`flags.warned_${reason}`)}</strong>{" "}
            {said("flags.warned_by", { who: <bdi>{names(warnings, me)}</bdi> })}
          </span>
        </li>
      ))}
    </ul>
  );
}
