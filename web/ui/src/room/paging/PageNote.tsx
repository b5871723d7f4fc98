import { Moment } from "../../design/Moment.tsx";
import { nameOf } from "../../design/Person.tsx";
import { specialty } from "../../words/format.ts";
import { said, t } from "../../words/words.ts";
import type { Around } from "../post/Post.tsx";
import type { Note } from "../store/item.ts";
import "../../words/more/paging.ts";

type Of<K extends Note["kind"]> = Extract<Note, { kind: K }>;

/** What happened to a page, in a few words. */
export function PageNote({ note, around }: { note: Of<"paged"> | Of<"escalated">; around: Around }) {
  if (note.kind === "escalated") return <>{t(`paging.note_${note.body.why}`, { tier: note.body.tier })}</>;
  return note.body.tier === 0 ? <Wish note={note} around={around} /> : <Rings note={note} />;
}

function Wish({ note, around }: { note: Of<"paged">; around: Around }) {
  const who = <bdi>{nameOf(note.by)}</bdi>;
  const { specialty: code, person } = note.body;
  if (!code && !person) return <>{said("paging.note_asked_case", { who })}</>;
  const what = person ? <bdi>{around.nameIt(person)}</bdi> : specialty(code ?? "");
  return <>{said("paging.note_asked", { who, what })}</>;
}

function Rings({ note: { body } }: { note: Of<"paged"> }) {
  const time = <Moment at={body.deadline_at} />;
  const count = body.people?.length;
  return <>{count ? said("paging.note_rings", { count, time }) : said("paging.note_rings_some", { time })}</>;
}
