import { type Keys, useKeys } from "../app/keys.ts";
import { type Desk, open, reply, write } from "./desk.ts";
import type { Post } from "./fold/post.ts";
import { judge, stanceOf } from "./post/PostActs.tsx";
import { step, toNext } from "./timeline/next.ts";
import type { Virtual } from "./timeline/virtual.ts";

/** The keys of a room: to move among its posts, and to act on the one in hand. Shows nothing. */
export function RoomKeys({ desk, virtual }: { desk: Desk; virtual: Virtual }) {
  const { rights } = desk;
  const keys: Keys = {
    j: () => step(desk, virtual, 1),
    k: () => step(desk, virtual, -1),
    n: () => toNext(desk, virtual),
    i: () => rights.peek().writes && write(desk),
    r: () => rights.peek().writes && withPost(desk, (post) => reply(desk, post.id)),
    a: () =>
      withOthers(desk, (post) => {
        if (stanceOf(post, desk.me.person)?.stance !== "agree") judge(desk, post, "agree");
      }),
    d: () => withOthers(desk, (post) => open(desk, { post: post.id, is: "dispute" })),
  };
  useKeys(keys);
  return null;
}

type Act = (post: Post) => void;

function withPost(desk: Desk, act: Act) {
  const post = desk.store.posts.get(desk.current.peek() ?? "");
  if (!post || post.retracted) return false;
  act(post);
  return true;
}

function withOthers(desk: Desk, act: Act) {
  if (!desk.rights.peek().judges) return false;
  return withPost(desk, (post) => post.by.person !== desk.me.person && act(post));
}
