/** What the timeline's items are told of their room. */
import { useMemo } from "preact/hooks";
import { type Desk, nameIn, open } from "../desk.ts";
import type { Around } from "../post/Post.tsx";
import type { Item } from "../store/item.ts";
import type { Quoted } from "./TimelineContent.tsx";

const NOTHING: Quoted = { answered: undefined, contradicted: undefined, refuted: undefined, refuting: undefined };

/** The posts that an item quotes, as they are now: one of them may have been taken back since. */
export function quotedBy(item: Item, { posts, refutedBy }: Pick<Around, "posts" | "refutedBy">): Quoted {
  if (item.is === "note" || item.is === "unrecorded") return NOTHING;
  const { reply_to = "", contradicts = "" } = item.is === "post" ? item.post : item.waiting.frame;
  const refuted = refutedBy?.(item.key);
  // What this one contradicts may be refuted by it, or no longer.
  const refuting = posts.get(refuted ?? "") ?? refutedBy?.(contradicts);
  return { answered: posts.get(reply_to), contradicted: posts.get(contradicts), refuted, refuting };
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
      refutedBy: store.refutedBy,
      mayAmend: () => desk.rights.peek().writes,
      onAmend: (post) => open(desk, { post, is: "amend" }),
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
