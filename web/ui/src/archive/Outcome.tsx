import { useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { later, Over } from "../design/later.tsx";
import type { Client } from "../live/client.ts";
import { prepareRooms } from "../live/rooms.ts";
import { knownBy, QUESTIONS } from "../room/fold/card.ts";
import type { Post } from "../room/fold/post.ts";
import type { Me } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import { OutcomeKnown } from "./OutcomeKnown.tsx";
import type { OutcomeNote } from "./replay.ts";
import "./outcome.css";
import "../words/more/outcome.ts";

const OutcomeOfArchive = later(async () => {
  const [file] = await Promise.all([import("../outcome/OutcomeOfArchive.tsx"), prepareRooms()]);
  return file.OutcomeOfArchive;
}, Over);

interface Props {
  id: string;
  note: OutcomeNote | null;
  posts: ReadonlyMap<string, Post>;
  /** Absent for those who are not its presenter. */
  giving: { client: Client; me: Me; onRecorded: () => void } | null;
  onJump: (post: string) => void;
}

/** What became of the patient, as its presenter knows it by now; and for them, the way to say more. */
export function Outcome({ id, note, posts, giving, onJump }: Props) {
  const [open, setOpen] = useState(false);
  const whole = note !== null && knownBy(note.body).length === QUESTIONS.length;
  return (
    <section class="outcome" aria-labelledby="outcome">
      <h2 id="outcome">{t("outcome.known")}</h2>
      {note ? (
        <OutcomeKnown note={note} posts={posts} onJump={onJump} />
      ) : (
        <p class="outcome-none">{t("outcome.nothing")}</p>
      )}
      {giving && (
        <p class="outcome-acts">
          <Button look={whole ? "plain" : "next"} aria-haspopup="dialog" onClick={() => setOpen(true)}>
            {t(note ? "outcome.again" : "outcome.give")}
          </Button>
        </p>
      )}
      {giving && open && (
        <OutcomeOfArchive id={id} before={note?.body ?? null} {...giving} onClose={() => setOpen(false)} />
      )}
    </section>
  );
}
