import type { Entry } from "../../wire/frames.ts";
import type { Post } from "../fold/post.ts";

type Posts = ReadonlyMap<string, Post>;

/**
 * The post to which an event should draw the attention of `me`, or null. `posts` is what was before the event.
 *
 * A post that is to me or answers mine; mine when somebody takes a stance on it, acts on it, warns of it or takes it
 * back; one on
 * which I took a stance, when its text changes or goes, or somebody warns of it.
 */
export function concern(entry: Entry, posts: Posts, me: string): string | null {
  if (entry.by.person === me) return null;
  switch (entry.kind) {
    case "post":
      return entry.body.to === me || answers(entry.body, posts, me) ? entry.id : null;
    case "corroborated":
      return entry.body.stance !== "withdraw" && isBy(posts.get(entry.body.target), me) ? entry.body.target : null;
    case "acted":
      return isBy(posts.get(entry.body.target), me) ? entry.body.target : null;
    case "amended":
      return !entry.body.same_text && holds(posts.get(entry.body.target), me) ? entry.body.target : null;
    case "retracted":
    case "warned":
      return isBy(posts.get(entry.body.target), me) || holds(posts.get(entry.body.target), me)
        ? entry.body.target
        : null;
    default:
      return null;
  }
}

function answers(body: { reply_to?: string; contradicts?: string }, posts: Posts, me: string): boolean {
  return [body.reply_to, body.contradicts].some((id) => id !== undefined && isBy(posts.get(id), me));
}

function isBy(post: Post | undefined, me: string): boolean {
  return post?.by.person === me;
}

function holds(post: Post | undefined, me: string): boolean {
  return post !== undefined && [...post.agree, ...post.disagree].some((stance) => stance.by.person === me);
}
