import { useId, useState } from "preact/hooks";
import { Icon, type IconName } from "../../design/Icon.tsx";
import { nameOf } from "../../design/Person.tsx";
import { list } from "../../words/format.ts";
import { t, type Word } from "../../words/words.ts";
import type { Post, Stance } from "../fold/post.ts";
import { Dissent } from "./Dissent.tsx";
import { housed } from "./houses.ts";
import { StanceOf } from "./StanceOf.tsx";
import "./stances.css";
import "../../words/more/room.ts";
import "../../design/drawings.ts";

const NAMED = 3;

interface Side {
  readonly icon: IconName;
  readonly word: Word;
}

const AGREE: Side = { icon: "check", word: "room.post_agree" };
const DISAGREE: Side = { icon: "differs", word: "room.post_disagree" };

/** Who agrees with a post and who disputes it, with names and reasons; the reasons of those who dispute need no tap. */
export function Stances({ post, me }: { post: Post; me: string }) {
  const { agree, disagree } = post;
  if (agree.length + disagree.length === 0) return null;
  return (
    <ul class="stances">
      {agree.length > 0 && (
        <li class="stance stance-agree">
          <Group stances={agree} me={me} />
        </li>
      )}
      {disagree.length > 0 && (
        <li class="stance stance-disagree">
          <p class="stance-head">
            <Line side={DISAGREE} stances={disagree} me={me} />
          </p>
          <Dissent stances={disagree} />
        </li>
      )}
    </ul>
  );
}

function Group({ stances, me }: { stances: readonly Stance[]; me: string }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const reason = stances.findLast((stance) => stance.note);
  return (
    <>
      <button type="button" class="stance-head" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <Line side={AGREE} stances={stances} me={me} />
        <Icon name={open ? "up" : "down"} />
      </button>
      {!open && reason && (
        <p class="stance-reason">
          {stances.length > 1 && <bdi class="stance-reason-by">{nameOf(reason.by)}: </bdi>}
          <bdi>{reason.note}</bdi>
        </p>
      )}
      <ul id={id} class="stance-list" hidden={!open}>
        {open && stances.map((stance) => <StanceOf key={stance.seq} stance={stance} />)}
      </ul>
    </>
  );
}

function Line({ side, stances, me }: { side: Side; stances: readonly Stance[]; me: string }) {
  return (
    <>
      <Icon name={side.icon} />
      <span class="stance-words">
        <strong>{t(side.word, { count: stances.length })}</strong>{" "}
        <bdi class="stance-names">{housed(names(stances, me), stances)}</bdi>
      </span>
    </>
  );
}

/** Up to three of them by name, the others as a number. */
export function names(stances: readonly Pick<Stance, "by">[], me: string): string {
  const named = stances.slice(0, NAMED).map(({ by }) => (by.person === me ? t("room.post_you") : nameOf(by)));
  const rest = stances.length - named.length;
  return list(rest > 0 ? [...named, t("room.post_others", { count: rest })] : named);
}
