import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { AreaField } from "../design/Field.tsx";
import { useSubmit } from "../design/useSubmit.ts";
import { Doubts } from "../identifiers/Doubts.tsx";
import { useLookedOver } from "../room/plan/useLookedOver.ts";
import { keys } from "../room/post/inPlace.ts";
import { t } from "../words/words.ts";
import { isUnder } from "./answering.ts";
import type { AnswerProps } from "./TakeForm.tsx";
import { Under } from "./Under.tsx";
import { useFirst } from "./useFirst.ts";
import "../words/more/paging.ts";

const REASONS = ["busy", "field", "off"] as const;
const MOST_CHARS = 2_000;

/** Say why not: with one tap, or in words. */
export function DeclineForm({ progress, send, onBack }: AnswerProps) {
  const [other, setOther] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  const under = isUnder(progress);
  useEffect(() => first.current?.focus(), []);
  if (other) return <OtherReason {...{ progress, send, onBack }} />;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields.
    <div class="call-form" role="group" aria-label={t("paging.declining")}>
      <p>
        <strong>{t("paging.declining")}</strong> <span class="call-says">{t("paging.declining_says")}</span>
      </p>
      <div class="call-acts">
        {REASONS.map((why, at) => (
          <Button
            key={why}
            innerRef={at === 0 ? first : null}
            aria-disabled={under}
            onClick={() => !under && void send({ answer: "decline", reason: t(`paging.why_${why}`) })}
          >
            {t(`paging.why_${why}`)}
          </Button>
        ))}
        <Button aria-disabled={under} onClick={() => !under && setOther(true)}>
          {t("paging.why_other")}
        </Button>
        <Button look="bare" onClick={onBack}>
          {t("common.back")}
        </Button>
      </div>
      {progress.is === "refused" && <p class="call-refused said">{progress.says}</p>}
      <Under progress={progress} />
    </div>
  );
}

function OtherReason({ progress, send, onBack }: AnswerProps) {
  const [text, setText] = useState("");
  const place = useFirst();
  const [error, setError] = useState<string>();
  const under = isUnder(progress);
  const over = useLookedOver((confirmed) => send({ answer: "decline", reason: text, ...confirmed }));
  const submit = useSubmit(async () => {
    if (under) return;
    setError(text.trim() ? undefined : t("paging.why_short"));
    if (text.trim()) await over.ask({ reason: text });
  });
  return (
    <form ref={place} class="call-form" onSubmit={submit} onKeyDown={keys(submit, onBack)}>
      <AreaField
        label={t("paging.why")}
        error={error ?? (progress.is === "refused" ? progress.says : undefined)}
        maxLength={MOST_CHARS}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      {over.doubts.length > 0 && <Doubts doubts={over.doubts} onEdit={over.edit} onConfirm={over.confirm} />}
      <div class="call-acts">
        <Button look="next" type="submit" aria-disabled={under}>
          {t("paging.why_send")}
        </Button>
        <Button onClick={onBack}>{t("common.back")}</Button>
      </div>
      <Under progress={progress} />
    </form>
  );
}
