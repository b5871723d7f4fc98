import { Moment } from "../../design/Moment.tsx";
import { nameOf } from "../../design/Person.tsx";
import { Written } from "../../design/Written.tsx";
import type { By } from "../../wire/frames.ts";
import { said, t } from "../../words/words.ts";
import type { Retraction } from "../fold/post.ts";
import "../../words/more/room.ts";

const SHOWN_DIGITS = 12;

interface Props {
  id: string;
  retraction: Retraction;
  /** Who had said it. */
  by: By;
}

/** What stands in the place of a text that was taken back. */
export function PostRetracted({ id, retraction, by }: Props) {
  const { digest, reason, at } = retraction;
  const who = retraction.by ?? by;
  return (
    <div id={id} class="post-retracted">
      <p>
        {at === undefined
          ? t("room.post_retracted_short")
          : said("room.post_retracted", { name: <bdi>{nameOf(who)}</bdi>, time: <Moment at={at} /> })}
      </p>
      {reason && (
        <p class="said">
          <Written text={reason} />
        </p>
      )}
      {digest && (
        <p class="post-digest" title={digest}>
          {t("room.post_digest", { digest: digest.slice(0, SHOWN_DIGITS) })}
        </p>
      )}
    </div>
  );
}
