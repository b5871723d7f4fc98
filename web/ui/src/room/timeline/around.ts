/** What the timeline's items are told of their room. */
import { useMemo } from "preact/hooks";
import { type Desk, nameIn } from "../desk.ts";
import type { Around } from "../post/Post.tsx";
import type { Item } from "../store/item.ts";
import type { Quoted } from "./TimelineContent.tsx";

/** The posts that an item quotes, as they are now: one of them may have been taken back since. */
export function quotedBy(item: Item, posts: Around["posts"]): Quoted {
  if (item.is === "note" || item.is === "unrecorded") return { answered: undefined, contradicted: undefined };
  const { reply_to = "", contradicts = "" } = item.is === "post" ? item.post : item.waiting.frame;
  return { answered: posts.get(reply_to), contradicted: posts.get(contradicts) };
}

export function useAround(desk: Desk): Around {
  const { store, me } = desk;
  const presenter = store.card.value?.presenter;
  return useMemo(
    () => ({
      posts: store.posts,
      polls: { get: (id) => store.polls.value.find((poll) => poll.id === id) },
      room: store.id,
      me: me.person,
      observes: me.role === "observer",
      presenter,
      nameIt: (person) => nameIn(desk, person),
      handles: () => desk.handles.peek(),
      onJump: (id) => {
        desk.wanted.value = id;
      },
      mayRelease: (post) => {
        const { writes, hands_over } = desk.rights.peek();
        return writes && (hands_over || post.by.person === me.person);
      },
      onRelease: (target) => void store.command("release", { target }),
    }),
    [store, presenter],
  );
}
