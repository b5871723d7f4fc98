import { useMemo } from "preact/hooks";
import { later, Nothing, Over } from "../../design/later.tsx";
import { draftKey, held, hold } from "../composer/drafts.ts";
import { type Desk, shut } from "../desk.ts";
import type { Post } from "../fold/post.ts";
import { type Around, PostView } from "../post/Post.tsx";
import { PostActs } from "../post/PostActs.tsx";
import { PostSending } from "../post/PostSending.tsx";
import { PostUnrecorded } from "../post/PostUnrecorded.tsx";
import { PostWaiting } from "../post/PostWaiting.tsx";
import type { Item } from "../store/item.ts";
import { TimelineNote } from "./TimelineNote.tsx";

const PostForm = later(() => import("../post/PostForm.tsx").then((file) => file.PostForm), Over);
const FlagForm = later(() => import("../post/FlagForm.tsx").then((file) => file.FlagForm), Over);
const ActForm = later(() => import("../plan/PostOnPlan.tsx").then((file) => file.PostOnPlan), Nothing);
const ReportForm = later(() => import("../../adverse/ReportForm.tsx").then((file) => file.ReportForm), Nothing);
const AwardForm = later(() => import("../../awards/AwardForm.tsx").then((file) => file.AwardForm), Over);

/** The posts that an item quotes. */
export interface Quoted {
  answered: Post | undefined;
  contradicted: Post | undefined;
  /** The event that refutes it. */
  refuted: string | undefined;
  /** That one, where it is a post; or what refutes the post that this one contradicts. */
  refuting: Post | string | undefined;
}

export interface Drawn extends Quoted {
  item: Item;
  around: Around;
  desk: Desk;
  /** Whether to show what can be done with it. */
  acts: boolean;
}

/** Drawn again only when the item is another, or a post that it quotes. */
export function TimelineContent({ item, around, desk, acts, ...quoted }: Drawn) {
  const { answered, contradicted, refuted, refuting } = quoted;
  const others = [answered, contradicted, refuted, refuting];
  return useMemo(() => contentOf({ item, around, desk, acts }), [item, around, desk, acts, ...others]);
}

function contentOf({ item, around, desk, acts }: Omit<Drawn, keyof Quoted>) {
  switch (item.is) {
    case "note":
      return <TimelineNote note={item.entry} around={around} />;
    case "unrecorded":
      return <PostUnrecorded said={item.said} around={around} />;
    case "sending":
      return <PostSending waiting={item.waiting} around={around} desk={desk} />;
    case "post":
      return (
        <PostView post={item.post} around={around}>
          <PostWaiting post={item.key} desk={desk} />
          {!item.post.retracted && <Doing post={item.post} desk={desk} acts={acts} />}
        </PostView>
      );
  }
}

/** The form that is open at a post, or what can be done with it. */
function Doing({ post, desk, acts }: { post: Post; desk: Desk; acts: boolean }) {
  const form = desk.form.value;
  if (form?.post !== post.id) return acts ? <PostActs post={post} desk={desk} /> : null;
  if (form.is === "adverse") return <ReportForm {...reportOf(desk, post)} />;
  if (form.is === "award") return <AwardForm target={post.id} store={desk.store} onShut={() => shut(desk)} />;
  if (form.is === "flag") return <FlagForm post={post} desk={desk} />;
  if (form.is === "plan" || form.is === "cannot") return <ActForm post={post.id} is={form.is} desk={desk} />;
  return <PostForm key={form.is} is={form.is} post={post} desk={desk} />;
}

/** What the form of a report is given; it comes later, and brings nothing of the room along. */
function reportOf(desk: Desk, { id: post }: Post) {
  const key = draftKey(desk.me.person, desk.store.id, `adverse-${post}`);
  return {
    room: desk.store.id,
    post,
    patient: desk.store.case.value ?? {},
    held: held(key),
    hold: (content: object | null) => hold(key, content),
    onClose: () => shut(desk),
  };
}
