import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { AreaField } from "../design/Field.tsx";
import { useSubmit } from "../design/useSubmit.ts";
import { t } from "../words/words.ts";
import "../words/more/moderation.ts";

export const LEAST_CHARS = 3;
export const MOST_CHARS = 2_000;

interface Props {
  label: string;
  hint: string;
  /** What the button says that does it. */
  send: string;
  /** The sentence that says why it could not be, where it could not. */
  onSend: (reason: string) => Promise<string | undefined>;
  onCancel: () => void;
}

/** Asks for the reason of an act, in place. Ctrl Enter sends, Escape cancels. */
export function ReasonForm({ label, hint, send, onSend, onCancel }: Props) {
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("textarea")?.focus(), []);
  const submit = useSubmit(async () => {
    const given = reason.trim();
    setError(given.length < LEAST_CHARS ? t("moderation.why_empty") : await onSend(given));
  });
  const pressed = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void submit(event);
    else if (event.key === "Escape") onCancel();
  };
  return (
    <form ref={form} class="reason-form" onSubmit={submit} onKeyDown={pressed}>
      <AreaField
        label={label}
        hint={hint}
        error={error}
        maxLength={MOST_CHARS}
        value={reason}
        onInput={(event) => setReason(event.currentTarget.value)}
      />
      <div class="moderation-acts">
        <Button look="next" type="submit">
          {send}
        </Button>
        <Button look="bare" onClick={onCancel}>
          {t("common.cancel")}
        </Button>
      </div>
    </form>
  );
}
