import { nameOf } from "../../design/Person.tsx";
import { said, t, type Word } from "../../words/words.ts";
import type { Post } from "../fold/post.ts";
import type { Around } from "./Post.tsx";
import "../../words/more/room.ts";
import "../../words/more/flags.ts";

const SHOWN_CHARS = 160;

/** Another post in one line; a click goes there. */
export function PostQuote({ id, around, word }: { id: string; around: Around; word: Word }) {
  const post = around.posts.get(id);
  return (
    <button type="button" class="post-quote" onClick={() => around.onJump(id)}>
      {post ? said(word, { name: <Name post={post} around={around} /> }) : t("room.post_answers_older")}
      {post && <bdi class="post-quote-text">{wordsOf(post)}</bdi>}
    </button>
  );
}

function Name({ post, around }: { post: Post; around: Around }) {
  return <bdi class="post-quote-name">{post.by.person === around.me ? t("room.post_you") : nameOf(post.by)}</bdi>;
}

/** The beginning of what a post says, in one line; not of what is folded away or withheld. */
export function wordsOf(post: Post): string {
  if (post.retracted) return t("room.post_retracted_short");
  if (post.withheld) return t("flags.withheld");
  return post.collapsed ? t("flags.folded_short") : firstWords(post.text);
}

export function firstWords(text: string, chars = SHOWN_CHARS): string {
  return text.slice(0, chars).replaceAll(/\s+/g, " ");
}
