import { useId, useState } from "preact/hooks";
import { Icon, type IconName } from "../../design/Icon.tsx";
import { later, Nothing } from "../../design/later.tsx";
import { Moment } from "../../design/Moment.tsx";
import { nameOf, Person } from "../../design/Person.tsx";
import { Written } from "../../design/Written.tsx";
import { list } from "../../words/format.ts";
import { t, type Word } from "../../words/words.ts";
import type { Post, Stance } from "../fold/post.ts";
import { EvidenceList } from "./EvidenceList.tsx";
import { housed } from "./houses.ts";
import "./stances.css";
import "../../words/more/room.ts";

const StatedInterests = later(() => import("../../interests/Stated.tsx").then((file) => file.StatedInterests), Nothing);
const NAMED = 3;

interface Side {
  readonly of: "agree" | "disagree";
  readonly icon: IconName;
  readonly word: Word;
}

const SIDES: readonly Side[] = [
  { of: "agree", icon: "check", word: "room.post_agree" },
  { of: "disagree", icon: "differs", word: "room.post_disagree" },
];

/** Who agrees with a post and who disputes it: both the same size, with names and reasons. */
export function Stances({ post, me }: { post: Post; me: string }) {
  const held = SIDES.filter((side) => post[side.of].length > 0);
  if (held.length === 0) return null;
  return (
    <ul class="stances">
      {held.map((side) => (
        <li key={side.of} class={`stance stance-${side.of}`}>
          <Group side={side} stances={post[side.of]} me={me} />
        </li>
      ))}
    </ul>
  );
}

function Group({ side, stances, me }: { side: Side; stances: readonly Stance[]; me: string }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const reason = stances.findLast((stance) => stance.note);
  return (
    <>
      <button type="button" class="stance-head" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <Icon name={side.icon} />
        <span class="stance-words">
          <strong>{t(side.word, { count: stances.length })}</strong>{" "}
          <bdi class="stance-names">{housed(names(stances, me), stances)}</bdi>
        </span>
        <Icon name={open ? "up" : "down"} />
      </button>
      {!open && reason && (
        <p class="stance-reason">
          {stances.length > 1 && <bdi class="stance-reason-by">{nameOf(reason.by)}: </bdi>}
          <bdi>{reason.note}</bdi>
        </p>
      )}
      <ul id={id} class="stance-list" hidden={!open}>
        {open && stances.map((stance) => <One key={stance.seq} stance={stance} />)}
      </ul>
    </>
  );
}

function One({ stance }: { stance: Stance }) {
  return (
    <li class="stance-one">
      <p class="stance-by">
        <Person by={stance.by} /> <Moment at={stance.at} />
      </p>
      {stance.interests.length > 0 && <StatedInterests interests={stance.interests} />}
      {stance.note ? (
        <p class="said">
          <Written text={stance.note} />
        </p>
      ) : (
        <p class="stance-bare">{t("room.post_no_reason")}</p>
      )}
      <EvidenceList evidence={stance.evidence} />
    </li>
  );
}

/** Up to three of them by name, the others as a number. */
export function names(stances: readonly Pick<Stance, "by">[], me: string): string {
  const named = stances.slice(0, NAMED).map(({ by }) => (by.person === me ? t("room.post_you") : nameOf(by)));
  const rest = stances.length - named.length;
  return list(rest > 0 ? [...named, t("room.post_others", { count: rest })] : named);
}
