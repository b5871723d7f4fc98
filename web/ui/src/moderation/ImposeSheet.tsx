import { useId, useState } from "preact/hooks";
import { announce } from "../design/announce.ts";
import { Button } from "../design/Button.tsx";
import { Choices } from "../design/Choices.tsx";
import { AreaField, Field } from "../design/Field.tsx";
import { Sheet } from "../design/Sheet.tsx";
import { now } from "../design/tick.ts";
import { useSubmit } from "../design/useSubmit.ts";
import { t } from "../words/words.ts";
import type { ModerationDesk } from "./desk.ts";
import { type End, endsOf, KINDS, type Kind, wishOf } from "./imposing.ts";
import { LEAST_CHARS, MOST_CHARS } from "./ReasonForm.tsx";
import "../room/people/acts.css";
import "../words/more/moderation.ts";

interface Props {
  desk: ModerationDesk;
  /** On whom, where that is known. */
  on: string;
  onClose: () => void;
}

/** Where a sanction is imposed: on whom, what, how long, and why. */
export function ImposeSheet({ desk, on, onClose }: Props) {
  const form = useId();
  const [person, setPerson] = useState(on);
  const [kind, setKind] = useState<Kind>();
  const [end, setEnd] = useState<End>("day");
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string>();
  const ends = endsOf(kind);
  const submit = useSubmit(async () => {
    if (!kind) return;
    if (reason.trim().length < LEAST_CHARS) return setError(t("moderation.why_empty"));
    const wrong = await desk.impose(wishOf(person, kind, reason, end, now.value));
    if (wrong) return setError(wrong);
    announce(t("moderation.imposed"));
    onClose();
  });
  const foot = (
    <>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button look="next" type="submit" form={form}>
        {t("moderation.impose")}
      </Button>
    </>
  );
  return (
    <Sheet title={t("moderation.impose")} onClose={onClose} foot={foot}>
      <form id={form} class="act" onSubmit={submit}>
        <Field
          label={t("moderation.impose_on")}
          hint={t("moderation.impose_on_hint")}
          required
          maxLength={64}
          autocomplete="off"
          value={person}
          onInput={(event) => setPerson(event.currentTarget.value)}
        />
        <Choices
          legend={t("moderation.impose_kind")}
          name="kind"
          choices={KINDS.map((value) => ({
            value,
            label: t(`moderation.kind_${value}`),
            says: t(`moderation.kind_${value}_says`),
          }))}
          value={kind}
          onChoose={setKind}
        />
        {ends.length > 0 && (
          <Choices
            legend={t("moderation.impose_end")}
            name="end"
            choices={ends.map((value) => ({ value, label: t(`moderation.end_${value}`) }))}
            value={ends.includes(end) ? end : undefined}
            onChoose={setEnd}
          />
        )}
        <AreaField
          label={t("moderation.impose_why")}
          hint={t("moderation.impose_why_hint")}
          error={error}
          maxLength={MOST_CHARS}
          value={reason}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
      </form>
    </Sheet>
  );
}
