import { IconButton } from "../../design/Button.tsx";
import { nameOf } from "../../design/Person.tsx";
import { said, t } from "../../words/words.ts";
import { type Desk, write } from "../desk.ts";
import { wordsOf } from "../post/PostQuote.tsx";
import "../../words/more/room.ts";

/** Which post the draft answers. */
export function ComposerReply({ desk }: { desk: Desk }) {
  const { reply_to, ...rest } = desk.draft.value;
  if (reply_to === undefined) return null;
  const post = desk.store.posts.get(reply_to);
  const drop = () => {
    desk.draft.value = rest;
    write(desk);
  };
  return (
    <div class="composer-reply">
      <p class="composer-reply-words">
        {post ? said("room.say_answering", { name: <bdi>{nameOf(post.by)}</bdi> }) : t("room.say_answering_older")}{" "}
        {post && <bdi>{wordsOf(post)}</bdi>}
      </p>
      <IconButton icon="close" name={t("room.say_answer_drop")} onClick={drop} />
    </div>
  );
}
