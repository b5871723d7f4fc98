import { Button } from "../../design/Button.tsx";
import { Written } from "../../design/Written.tsx";
import { t } from "../../words/words.ts";
import { draftOf } from "../composer/asking.ts";
import { type Desk, restore, write } from "../desk.ts";
import { EvidenceShown } from "../evidence/EvidenceShown.tsx";
import type { Sending } from "../store/item.ts";
import type { Around } from "./Post.tsx";
import { PostQuote } from "./PostQuote.tsx";
import "../../words/more/room.ts";
import "../../words/more/pictures.ts";

interface Props {
  waiting: Sending;
  around: Around;
  desk: Desk;
}

/** What one has said and is not on record yet. */
export function PostSending({ waiting, around, desk }: Props) {
  const { frame, id } = waiting;
  return (
    <div class={`post post-sending post-${waiting.state}`}>
      <header class="post-head" id={`${id}-head`}>
        <bdi class="person-name">{desk.me.handle}</bdi>
        <span class="post-own">{t("room.post_you")}</span>
        {frame.kind && frame.kind !== "comment" && <span class="post-kind">{t(`room.kind_${frame.kind}`)}</span>}
        <span class="post-when post-state">
          <State waiting={waiting} desk={desk} />
        </span>
      </header>
      {frame.reply_to && <PostQuote id={frame.reply_to} around={around} word="room.post_answers" />}
      <p id={`${id}-text`} class="post-text said">
        <Written text={frame.text} />
      </p>
      {frame.images && <p class="post-own">{t("pictures.count", { count: frame.images.length })}</p>}
      <EvidenceShown evidence={frame.evidence ?? []} />
      {waiting.state === "refused" && <Refused waiting={waiting} desk={desk} />}
    </div>
  );
}

function State({ waiting, desk }: Omit<Props, "around">) {
  if (waiting.state === "acked") return <>✓ {t("room.post_on_record")}</>;
  if (waiting.state === "refused") return <>{t("room.line_was_refused")}</>;
  const { is } = desk.store.seat.value;
  return <>{t(is === "live" ? "room.line_sending" : "room.line_not_on_record")}</>;
}

function Refused({ waiting, desk }: Omit<Props, "around">) {
  const drop = () => {
    void desk.client.outbox.dismiss(waiting.id);
    write(desk);
  };
  const edit = () => {
    restore(desk, draftOf(waiting.frame, waiting.refusal));
    void desk.client.outbox.dismiss(waiting.id);
  };
  return (
    <div class="post-wait post-wait-refused">
      <p>{t("room.line_refused", { message: waiting.refusal?.message ?? "" })}</p>
      <div class="post-wait-acts">
        <Button onClick={edit}>{t("room.line_edit")}</Button>
        <Button look="bare" onClick={drop}>
          {t("room.line_drop")}
        </Button>
      </div>
    </div>
  );
}
