import { Button } from "../../design/Button.tsx";
import { t, type Word } from "../../words/words.ts";
import { doubtsIn } from "../composer/doubting.ts";
import { type Draft, EMPTY } from "../composer/drafts.ts";
import type { Desk, WrittenKind } from "../desk.ts";
import type { Command } from "../store/store.ts";
import { reopen } from "./reopening.ts";
import "../../words/more/room.ts";
import "../../words/more/flags.ts";

/** What one did with this post and is not on record yet, or was refused. */
export function PostWaiting({ post, desk }: { post: string; desk: Desk }) {
  const about = desk.store.waiting.value.filter((one) => targetOf(one) === post);
  if (about.length === 0) return null;
  return (
    <ul class="post-waiting">
      {about.map((one) => (
        <li key={one.id} class={one.state === "refused" ? "post-wait post-wait-refused" : "post-wait"}>
          {one.state === "refused" ? (
            <Refused waiting={one} post={post} desk={desk} />
          ) : (
            <Going waiting={one} desk={desk} />
          )}
        </li>
      ))}
    </ul>
  );
}

function Going({ waiting, desk }: { waiting: Command; desk: Desk }) {
  const away = desk.store.seat.value.is === "away";
  return (
    <p>
      {t(whatOf(waiting))}: {t(away ? "room.line_not_on_record" : "room.line_sending")}
    </p>
  );
}

interface RefusedProps {
  waiting: Extract<Command, { state: "refused" }>;
  post: string;
  desk: Desk;
}

function Refused({ waiting, post, desk }: RefusedProps) {
  const drop = () => {
    void desk.client.outbox.dismiss(waiting.id);
    desk.wanted.value = post;
  };
  const form = formOf(waiting.frame);
  const open = desk.form.value;
  // What is written in it now would go, or what was refused.
  const taken = open?.post === post && open.is === form?.is;
  const edit = () => {
    if (form) {
      const confirmed = "not_identifying" in waiting.frame ? waiting.frame.not_identifying : undefined;
      const draft = { ...EMPTY, text: form.text, evidence: form.evidence, confirmed };
      reopen(desk, { post, is: form.is }, { ...draft, ...doubtsIn(waiting.refusal, form) });
    }
    void desk.client.outbox.dismiss(waiting.id);
  };
  return (
    <>
      <p>
        {t(whatOf(waiting))}: {t("room.line_refused", { message: waiting.refusal.message })}
      </p>
      <div class="post-wait-acts">
        {form && !taken && <Button onClick={edit}>{t("room.line_edit")}</Button>}
        <Button look="bare" onClick={drop}>
          {t("room.line_drop")}
        </Button>
      </div>
    </>
  );
}

function targetOf({ frame }: Command): string | undefined {
  return "target" in frame ? frame.target : undefined;
}

const DOING: Partial<Record<Command["frame"]["t"], Word>> = {
  amend: "room.post_doing_amend",
  retract: "room.post_doing_retract",
  release: "room.post_doing_release",
  award: "room.post_doing_award",
  flag: "flags.flag_doing",
  pin: "room.post_doing_pin",
  unpin: "room.post_doing_unpin",
  act: "room.post_doing_act",
};

function whatOf({ frame }: Command): Word {
  if (frame.t === "corroborate") return `room.post_doing_${frame.stance}`;
  return DOING[frame.t] ?? "room.post_doing";
}

/** What was written with a command, and in which form. */
function formOf(frame: Command["frame"]): (Pick<Draft, "text" | "evidence"> & { is: WrittenKind }) | null {
  switch (frame.t) {
    case "amend":
      return { is: "amend", text: frame.text, evidence: frame.evidence ?? [] };
    case "retract":
      return { is: "retract", text: frame.reason, evidence: [] };
    case "corroborate":
      if (!frame.note) return null;
      return { is: frame.stance === "agree" ? "note" : "dispute", text: frame.note, evidence: frame.evidence ?? [] };
    default:
      return null;
  }
}
