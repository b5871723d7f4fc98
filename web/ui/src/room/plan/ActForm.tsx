import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../design/Button.tsx";
import { AreaField } from "../../design/Field.tsx";
import { useSubmit } from "../../design/useSubmit.ts";
import { Doubts } from "../../identifiers/Doubts.tsx";
import { prepared } from "../../identifiers/doubts.ts";
import { t } from "../../words/words.ts";
import type { Desk } from "../desk.ts";
import { keys, shown } from "../post/inPlace.ts";
import { act } from "./acting.ts";
import type { Deed } from "./deeds.ts";
import { restates } from "./readback.ts";
import { useLookedOver } from "./useLookedOver.ts";
import "../../words/more/plan.ts";

const MOST_CHARS = 2_000;
type Asking = "accepted" | "cannot" | "stopped";

interface Props {
  desk: Desk;
  target: string;
  deed: Deed & { readonly state: Asking };
  onClose: () => void;
}

/** Asks what an act needs in words: that it is read back, or why it cannot be, or why it is stopped. */
export function ActForm({ desk, target, deed: { state, word }, onClose }: Props) {
  const [text, setText] = useState("");
  const [error, setError] = useState<string>();
  const place = useRef<HTMLFormElement>(null);
  const field = state === "accepted" ? "read_back" : "reason";
  const over = useLookedOver(async (confirmed) => {
    await act(desk, { target, state, ...(text && { [field]: text }), ...confirmed });
    onClose();
  });
  useEffect(() => {
    place.current?.querySelector("textarea")?.focus();
    shown(place.current);
  }, []);
  const send = useSubmit(async () => {
    if (isShort(state, text)) return setError(t(`plan.form_${state}_short`));
    await over.ask({ [field]: text });
  });
  return (
    <form ref={place} class="plan-form" onSubmit={send} onKeyDown={keys(send, onClose)}>
      <AreaField
        label={t(`plan.form_${state}`)}
        hint={t(`plan.form_${state}_hint`)}
        error={error}
        maxLength={MOST_CHARS}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          void prepared();
        }}
      />
      {over.doubts.length > 0 && <Doubts doubts={over.doubts} onEdit={over.edit} onConfirm={over.confirm} />}
      <div class="plan-deeds">
        <Button look="next" type="submit">
          {t(word)}
        </Button>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
      </div>
    </form>
  );
}

function isShort(state: Asking, text: string): boolean {
  return state === "accepted" ? !restates(text) : state === "cannot" && text.trim() === "";
}
