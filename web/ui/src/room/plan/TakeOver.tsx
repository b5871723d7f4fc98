import { useState } from "preact/hooks";
import { Button } from "../../design/Button.tsx";
import { AreaField } from "../../design/Field.tsx";
import { useSubmit } from "../../design/useSubmit.ts";
import { Doubts } from "../../identifiers/Doubts.tsx";
import { t } from "../../words/words.ts";
import type { Desk } from "../desk.ts";
import { progressOf, send } from "../people/progress.ts";
import { keys } from "../post/inPlace.ts";
import { restates } from "./readback.ts";
import { useLookedOver } from "./useLookedOver.ts";
import "../../words/more/plan.ts";
import "../../words/more/room.ts";

const MOST_CHARS = 2_000;

interface Props {
  desk: Desk;
  page: string;
  answer: "accept" | "decline";
  onBack: () => void;
}

/** Take a case over by reading it back, or say why not. */
export function TakeOver({ desk, page, answer, onBack }: Props) {
  const accepts = answer === "accept";
  const [text, setText] = useState("");
  const [error, setError] = useState<string>();
  const field = accepts ? "read_back" : "reason";
  const progress = progressOf(desk.store, "respond", (frame) => frame.page === page);
  const under = progress.is === "sending" || progress.is === "kept";
  const over = useLookedOver((confirmed) =>
    send(desk, "respond", { page, answer, ...(text && { [field]: text }), ...confirmed }, (one) => one.page === page),
  );
  const submit = useSubmit(async () => {
    if (under) return;
    if (accepts && !restates(text)) return setError(t("plan.handed_short"));
    await over.ask({ [field]: text });
  });
  return (
    <form class="plan-form" onSubmit={submit} onKeyDown={keys(submit, onBack)}>
      <AreaField
        label={t(`plan.handed_${field}`)}
        hint={t(`plan.handed_${field}_hint`)}
        error={error ?? (progress.is === "refused" ? progress.says : undefined)}
        maxLength={MOST_CHARS}
        autoFocus
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      {over.doubts.length > 0 && <Doubts doubts={over.doubts} onEdit={over.edit} onConfirm={over.confirm} />}
      <div class="handing-acts">
        <Button look="next" type="submit" aria-disabled={under}>
          {t(under ? `room.do_${progress.is}` : accepts ? "plan.handed_accept" : "plan.handed_decline")}
        </Button>
        <Button onClick={onBack}>{t("common.back")}</Button>
      </div>
    </form>
  );
}
