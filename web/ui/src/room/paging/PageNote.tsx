import { nameOf } from "../../design/Person.tsx";
import { specialty } from "../../words/format.ts";
import { said, t } from "../../words/words.ts";
import type { Around } from "../post/Post.tsx";
import type { Note } from "../store/item.ts";
import "../../words/more/paging.ts";

type Of<K extends Note["kind"]> = Extract<Note, { kind: K }>;

/** What happened to a page, in a few words. */
export function PageNote({ note, around }: { note: Of<"paged"> | Of<"escalated">; around: Around }) {
  if (note.kind === "paged" && note.body.tier === 0) return <Wish note={note} around={around} />;
  const says = note.kind === "paged" ? ringsOf(note.body) : t(`paging.note_${note.body.why}`);
  return <span>{says}</span>;
}

function Wish({ note, around }: { note: Of<"paged">; around: Around }) {
  const who = <bdi>{nameOf(note.by)}</bdi>;
  const { specialty: code, person } = note.body;
  if (!code && !person) return <>{said("paging.note_asked_case", { who })}</>;
  const what = person ? <bdi>{around.nameIt(person)}</bdi> : specialty(code ?? "");
  return <>{said("paging.note_asked", { who, what })}</>;
}

function ringsOf({ people }: Of<"paged">["body"]): string {
  return people ? t("paging.note_rings", { count: people.length }) : t("paging.note_rings_some");
}
