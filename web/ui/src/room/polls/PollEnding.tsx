import { useState } from "preact/hooks";
import { Button } from "../../design/Button.tsx";
import { t } from "../../words/words.ts";
import type { Desk } from "../desk.ts";
import type { Poll } from "../fold/polls.ts";
import { progressOf, send } from "../people/progress.ts";
import "../../words/more/polls.ts";
import "../../words/more/room.ts";

/** Who opened a poll, or presents the case, closes it, and is asked once whether they mean it. */
export function PollEnding({ poll, desk }: { poll: Poll; desk: Desk }) {
  const [sure, setSure] = useState(false);
  const { store, me, rights } = desk;
  const mine = poll.by.person === me.person || store.card.value?.presenter === me.person;
  if (!rights.value.writes || !mine) return null;
  const progress = progressOf(store, "poll_close", (frame) => frame.target === poll.id);
  const close = () => {
    setSure(false);
    void send(desk, "poll_close", { target: poll.id }, (frame) => frame.target === poll.id);
  };
  if (progress.is === "sending" || progress.is === "kept")
    return <p class="poll-hint">{t(`room.do_${progress.is}`)}</p>;
  if (!sure) {
    return (
      <div class="poll-ending">
        {progress.is === "refused" && <p class="poll-hint poll-refused">{progress.says}</p>}
        <Button onClick={() => setSure(true)}>{t("polls.close")}</Button>
      </div>
    );
  }
  return (
    <div class="poll-ending">
      <p class="poll-hint">{t("polls.close_means")}</p>
      <Button look="next" onClick={close}>
        {t("polls.close_now")}
      </Button>
      <Button onClick={() => setSure(false)}>{t("polls.close_not")}</Button>
    </div>
  );
}
