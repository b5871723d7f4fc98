import { useMemo } from "preact/hooks";
import { nameOf } from "../design/Person.tsx";
import { type Around, PostView } from "../room/post/Post.tsx";
import type { Item } from "../room/store/item.ts";
import { atOf, beginsDay } from "../room/timeline/places.ts";
import { TimelineNote } from "../room/timeline/TimelineNote.tsx";
import { dayOf } from "../words/format.ts";
import { t } from "../words/words.ts";
import { Commitments } from "./Commitments.tsx";
import type { Replayed } from "./replay.ts";
import { STRETCH } from "./useGrowing.ts";
import "../room/timeline/timeline.css";
import "./log.css";
import "../words/more/archive.ts";

interface Props {
  replayed: Replayed;
  presenter: string;
  me: string;
  /** How many entries are drawn by now. */
  count: number;
  onJump: (id: string) => void;
  room: string;
}

/**
 * The record, whole: a document can be searched and printed. What is out of sight is not laid out
 * (`content-visibility`), so that thousands of entries stay quick.
 */
export function Log({ replayed, presenter, me, count, onJump, room }: Props) {
  const { items, posts, polls } = replayed;
  const around = useMemo<Around>(
    () => ({
      room,
      posts,
      polls,
      me,
      presenter,
      onJump,
      refutedBy: replayed.refutedBy,
      nameIt: (person) => nameIn(replayed, person),
    }),
    [replayed],
  );
  return (
    <section class="log" aria-labelledby="log" aria-busy={count < items.length}>
      <h2 id="log" tabIndex={-1}>
        {t("archive.log")}
      </h2>
      {stretches(Math.min(count, items.length)).map((from) => (
        <Stretch key={from} items={items} from={from} around={around} />
      ))}
    </section>
  );
}

/** A part of the log that is drawn once, and laid out only while it is in sight. */
function Stretch({ items, from, around }: { items: readonly Item[]; from: number; around: Around }) {
  return useMemo(
    () => (
      <ol class="log-stretch">
        {items.slice(from, from + STRETCH).map((item, at) => (
          <Entry key={item.key} item={item} day={beginsDay(items, from + at)} around={around} />
        ))}
      </ol>
    ),
    [items, around],
  );
}

function Entry({ item, day, around }: { item: Item; day: boolean; around: Around }) {
  return (
    <li id={`entry-${item.key}`} class={`log-entry log-${item.is}`} tabIndex={-1}>
      {day && <h3 class="log-day">{dayOf(atOf(item))}</h3>}
      {item.is === "post" && <PostView post={item.post} around={around} />}
      {item.is === "note" && <TimelineNote note={item.entry} around={around} />}
      {item.is === "note" && item.entry.kind === "awards_revealed" && <Commitments awards={item.entry.body.awards} />}
    </li>
  );
}

function stretches(count: number): number[] {
  return Array.from({ length: Math.ceil(count / STRETCH) }, (_, nth) => nth * STRETCH);
}

function nameIn({ parts }: Replayed, person: string): string {
  return nameOf(parts.find((part) => part.by.person === person)?.by ?? { person });
}
