import { useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { AreaField } from "../design/Field.tsx";
import { useSubmit } from "../design/useSubmit.ts";
import type { Api } from "../http/api.ts";
import { Doubts } from "../identifiers/Doubts.tsx";
import { prepared } from "../identifiers/doubts.ts";
import type { Progress } from "../room/people/progress.ts";
import { useLookedOver } from "../room/plan/useLookedOver.ts";
import { keys } from "../room/post/inPlace.ts";
import { t } from "../words/words.ts";
import { type Answer, isUnder } from "./answering.ts";
import type { Call } from "./calls.ts";
import { readsBack } from "./readBack.ts";
import { Situation } from "./Situation.tsx";
import { Under } from "./Under.tsx";
import { useFirst } from "./useFirst.ts";
import "../words/more/paging.ts";

const MOST_CHARS = 2_000;

export interface AnswerProps {
  progress: Progress;
  send: (answer: Answer) => Promise<void>;
  onBack: () => void;
}

/** Take a case: one of `stat` by saying its situation again in one's own words. */
export function TakeForm({
  api,
  call,
  progress,
  send,
  onBack,
}: AnswerProps & { api: Pick<Api, "get">; call: Pick<Call, "room" | "acuity"> }) {
  const [text, setText] = useState("");
  const place = useFirst();
  const [error, setError] = useState<string>();
  const under = isUnder(progress);
  const reads = call.acuity === "stat";
  const over = useLookedOver((confirmed) =>
    send({ answer: "accept", ...(text.trim() && { read_back: text }), ...confirmed }),
  );
  const submit = useSubmit(async () => {
    if (under) return;
    setError(reads && !readsBack(text) ? t("paging.read_back_short") : undefined);
    if (!reads || readsBack(text)) await over.ask({ read_back: text });
  });
  return (
    <form ref={place} class="call-form" onSubmit={submit} onKeyDown={keys(submit, onBack)}>
      <Situation api={api} room={call.room} />
      <AreaField
        label={t("paging.read_back")}
        hint={t("paging.read_back_hint")}
        error={error ?? (progress.is === "refused" ? progress.says : undefined)}
        maxLength={MOST_CHARS}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          void prepared();
        }}
      />
      {over.doubts.length > 0 && <Doubts doubts={over.doubts} onEdit={over.edit} onConfirm={over.confirm} />}
      <div class="call-acts">
        <Button look="next" type="submit" aria-disabled={under}>
          {t("paging.take")}
        </Button>
        <Button onClick={onBack}>{t("common.back")}</Button>
      </div>
      <Under progress={progress} />
    </form>
  );
}
