import type { ComponentChildren } from "preact";
import { Icon } from "../../design/Icon.tsx";
import { later, Nothing } from "../../design/later.tsx";
import { Moment } from "../../design/Moment.tsx";
import { Person } from "../../design/Person.tsx";
import { Written } from "../../design/Written.tsx";
import { said, t } from "../../words/words.ts";
import { EvidenceShown } from "../evidence/EvidenceShown.tsx";
import { Refuted } from "../evidence/Refuted.tsx";
import { isSupported } from "../evidence/support.ts";
import type { Poll } from "../fold/polls.ts";
import type { Post } from "../fold/post.ts";
import { PostFolded } from "./PostFolded.tsx";
import { PostPictures } from "./PostPictures.tsx";
import { PostQuote } from "./PostQuote.tsx";
import { PostRetracted } from "./PostRetracted.tsx";
import { PostWarnings } from "./PostWarnings.tsx";
import { Stances } from "./Stances.tsx";
import "./post.css";
import "../../words/more/evidence.ts";
import "../../words/more/room.ts";
import "../../words/more/flags.ts";
import "../../design/drawings.ts";

const StatedInterests = later(() => import("../../interests/Stated.tsx").then((file) => file.StatedInterests), Nothing);
const Unsupported = later(() => import("../evidence/Unsupported.tsx").then((file) => file.Unsupported), Nothing);
const Inn = later(() => import("../../drugs/Inn.tsx").then((file) => file.Inn), Nothing);

/** What a post's view knows of its room. */
export interface Around {
  readonly posts: { get(id: string): Post | undefined };
  readonly polls: { get(id: string): Poll | undefined };
  readonly room: string;
  readonly me: string;
  /** Whether this reader is an observer, from whom some posts are kept. */
  readonly observes?: boolean;
  readonly presenter: string | undefined;
  readonly nameIt: (person: string) => string;
  /** Whom a text may name with `@`. */
  readonly handles?: () => readonly string[];
  readonly onJump: (id: string) => void;
  /** The event that refutes a post: a post, or the outcome. */
  readonly refutedBy?: (id: string) => string | undefined;
  /** Whether one may amend one's own post, and how. */
  readonly mayAmend?: () => boolean;
  readonly onAmend?: (id: string) => void;
  /** Whether one may let observers see the pictures of a post, and how. */
  readonly mayRelease?: (post: Post) => boolean;
  readonly onRelease?: (id: string) => void;
}

interface Props {
  post: Post;
  around: Around;
  /** What can be done with it, where something can. */
  children?: ComponentChildren;
}

/** What somebody said, with what it answers, what it rests on, and who agrees or disputes. */
export function PostView({ post, around, children }: Props) {
  const refuted = around.refutedBy?.(post.id);
  const refutes = post.contradicts && around.refutedBy?.(post.contradicts) === post.id;
  return (
    <div class={refuted ? "post post-refuted" : "post"}>
      {refuted && <Refuted by={refuted} around={around} />}
      <PostHead post={post} around={around} />
      {post.interests.length > 0 && <StatedInterests interests={post.interests} />}
      {post.reply_to && <PostQuote id={post.reply_to} around={around} word="room.post_answers" />}
      {post.contradicts && (
        <PostQuote
          id={post.contradicts}
          around={around}
          word={refutes ? "evidence.refutes" : "room.post_contradicts"}
        />
      )}
      <What post={post} around={around} />
      {post.trial_data && !hidden(post, around) && !post.retracted && (
        <p class="post-withheld">
          <Icon name="eye" /> {t("room.post_withheld")}
        </p>
      )}
      <Stances post={post} me={around.me} />
      {children}
    </div>
  );
}

/** What was said, or what stands in its place. */
function What({ post, around }: Props) {
  const id = `${post.id}-text`;
  if (post.retracted) return <PostRetracted id={id} retraction={post.retracted} by={post.by} />;
  if (hidden(post, around)) return <Withheld id={id} post={post} />;
  const whole = <Whole post={post} around={around} />;
  if (!post.collapsed) {
    return (
      <>
        <PostWarnings post={post} me={around.me} />
        {whole}
      </>
    );
  }
  return (
    <PostFolded id={id} post={post} me={around.me}>
      {whole}
    </PostFolded>
  );
}

function Whole({ post, around }: Props) {
  return (
    <>
      <p id={`${post.id}-text`} class="post-text said" lang={post.lang}>
        <Written text={post.text} names={around.handles?.()} />
      </p>
      <Inn text={post.text} />
      {post.pictures.length > 0 && <PostPictures post={post} around={around} />}
      <EvidenceShown evidence={post.evidence} />
      {!isSupported(post) && <Unsupported post={post} onAdd={adderOf(post, around)} />}
    </>
  );
}

/** What the author of a post can do about what it rests on. */
function adderOf({ id, by }: Post, { me, mayAmend, onAmend }: Around): (() => void) | undefined {
  return by.person === me && mayAmend?.() ? () => onAmend?.(id) : undefined;
}

function Withheld({ id, post }: { id: string; post: Post }) {
  return (
    <p id={id} class="post-kept">
      {t(post.trial_data ? "room.post_withheld_from_you" : "flags.withheld")}
    </p>
  );
}

/** Whether a post is kept from this reader, perhaps after they were sent it. */
function hidden({ withheld, trial_data }: Post, { observes }: Around): boolean {
  return withheld || (trial_data === true && observes === true);
}

function PostHead({ post, around }: Props) {
  const own = post.by.person === around.me;
  return (
    <header class="post-head" id={`${post.id}-head`}>
      <Person by={post.by} presents={post.by.person === around.presenter} />
      {own && <span class="post-own">{t("room.post_you")}</span>}
      {post.kind !== "comment" && <span class="post-kind">{t(`room.kind_${post.kind}`)}</span>}
      {post.to && <To person={post.to} around={around} />}
      <span class="post-when">
        {post.amended_at && !post.retracted && <Amended at={post.amended_at} />}
        <Moment at={post.at} />
        {own && <OnRecord />}
      </span>
    </header>
  );
}

function To({ person, around }: { person: string; around: Around }) {
  if (person === around.me) return <strong class="post-to post-to-me">{t("room.post_to_you")}</strong>;
  const name = <bdi>{around.nameIt(person)}</bdi>;
  return <span class="post-to">{said("room.post_to", { name })}</span>;
}

function Amended({ at }: { at: number }) {
  return <span>{said("room.post_amended", { time: <Moment at={at} /> })} · </span>;
}

function OnRecord() {
  return (
    <span class="post-recorded" title={t("room.post_on_record")}>
      <span aria-hidden="true"> ✓</span>
      <span class="quiet"> {t("room.post_on_record")}</span>
    </span>
  );
}
