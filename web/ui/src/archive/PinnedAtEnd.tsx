import { nameOf } from "../design/Person.tsx";
import { PinCard } from "../room/case/PinCard.tsx";
import type { Post } from "../room/fold/post.ts";
import { t } from "../words/words.ts";
import "../room/case/pinned.css";
import "../words/more/archive.ts";

interface Props {
  posts: readonly Post[];
  refutedBy: (id: string) => string | undefined;
  onJump: (id: string) => void;
}

/** The plan as it stood at the end. */
export function PinnedAtEnd({ posts, refutedBy, onJump }: Props) {
  if (posts.length === 0) return null;
  return (
    <section class="pinned" aria-labelledby="pinned">
      <h2 id="pinned">{t("archive.pinned")}</h2>
      <ol class="pinned-list">
        {posts.map((post) => (
          <li key={post.id} class="pin">
            <PinCard
              pin={{
                ...post,
                agree: post.agree.length,
                disagree: post.disagree.length,
                refuted_by: refutedBy(post.id),
                post,
              }}
              name={nameOf(post.by)}
              whole
              onJump={onJump}
            />
          </li>
        ))}
      </ol>
    </section>
  );
}
