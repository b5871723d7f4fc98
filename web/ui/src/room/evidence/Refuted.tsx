import { Icon } from "../../design/Icon.tsx";
import { nameOf } from "../../design/Person.tsx";
import { said, t } from "../../words/words.ts";
import type { Post } from "../fold/post.ts";
import type { Around } from "../post/Post.tsx";
import { wordsOf } from "../post/PostQuote.tsx";
import "./evidence.css";
import "../../words/more/evidence.ts";
import "../../design/drawings.ts";

/** On top of a post that is refuted: by whom and in which words, or by the outcome; a click goes there. */
export function Refuted({ by, around }: { by: string; around: Pick<Around, "posts" | "onJump"> }) {
  const post = around.posts.get(by);
  return (
    <p class="refuted">
      <Icon name="differs" />
      <span class="refuted-says">
        <strong>
          {post ? said("evidence.refuted_by", { name: <bdi>{nameOf(post.by)}</bdi> }) : t("evidence.refuted_outcome")}
        </strong>{" "}
        {post && <bdi>{wordsOf(post)}</bdi>}
      </span>
      <button type="button" class="refuted-go" onClick={() => around.onJump(by)}>
        {t(post ? "evidence.see_refutation" : "evidence.see_outcome")}
      </button>
    </p>
  );
}

/** What the outcome contradicts, each with the way to it. */
export function Contradicted({
  targets,
  around,
}: {
  targets: readonly string[];
  around: Pick<Around, "posts" | "onJump">;
}) {
  const posts = targets.map((id) => around.posts.get(id)).filter((post): post is Post => post !== undefined);
  if (posts.length === 0) return null;
  return (
    <>
      {posts.map((post) => (
        <button key={post.id} type="button" class="timeline-about" onClick={() => around.onJump(post.id)}>
          {said("evidence.outcome_contradicts", { name: <bdi>{nameOf(post.by)}</bdi> })}
          {": "}
          <bdi>{wordsOf(post)}</bdi>
        </button>
      ))}
    </>
  );
}
