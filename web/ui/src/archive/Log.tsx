import { useMemo } from "preact/hooks";
import { nameOf } from "../design/Person.tsx";
import type { Item } from "../room/item.ts";
import { type Around, PostView } from "../room/Post.tsx";
import { atOf, beginsDay } from "../room/places.ts";
import { TimelineNote } from "../room/TimelineNote.tsx";
import { dayOf } from "../words/format.ts";
import { t } from "../words/words.ts";
import type { Replayed } from "./replay.ts";
import "../room/timeline.css";
import "./log.css";

interface Props {
  replayed: Replayed;
  presenter: string;
  me: string;
  /** How many entries are drawn by now. */
  count: number;
  onJump: (id: string) => void;
}

/**
 * The record, whole: a document can be searched and printed. What is out of sight is not laid out
 * (`content-visibility`), so that thousands of entries stay quick.
 */
export function Log({ replayed, presenter, me, count, onJump }: Props) {
  const { items, posts } = replayed;
  const around = useMemo<Around>(
    () => ({ posts, me, presenter, onJump, nameIt: (person) => nameIn(replayed, person) }),
    [replayed],
  );
  return (
    <section class="log" aria-labelledby="log" aria-busy={count < items.length}>
      <h2 id="log" tabIndex={-1}>
        {t("archive.log")}
      </h2>
      <ol class="log-entries">
        {items.slice(0, count).map((item, at) => (
          <Entry key={item.key} item={item} day={beginsDay(items, at)} around={around} />
        ))}
      </ol>
    </section>
  );
}

function Entry({ item, day, around }: { item: Item; day: boolean; around: Around }) {
  return useMemo(
    () => (
      <li id={`entry-${item.key}`} class={`log-entry log-${item.is}`} tabIndex={-1}>
        {day && <h3 class="log-day">{dayOf(atOf(item))}</h3>}
        {item.is === "post" && <PostView post={item.post} around={around} />}
        {item.is === "note" && <TimelineNote note={item.entry} around={around} />}
      </li>
    ),
    [item, around],
  );
}

function nameIn({ parts }: Replayed, person: string): string {
  return nameOf(parts.find((part) => part.by.person === person)?.by ?? { person });
}
