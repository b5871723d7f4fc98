import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../design/Button.tsx";
import { Choices } from "../../design/Choices.tsx";
import { AreaField } from "../../design/Field.tsx";
import { useSubmit } from "../../design/useSubmit.ts";
import type { FlagReason } from "../../wire/frames.ts";
import { t } from "../../words/words.ts";
import { type Desk, shut } from "../desk.ts";
import type { Post } from "../fold/post.ts";
import type { Rights } from "../rights.ts";
import { keys, shown } from "./inPlace.ts";
import "../people/acts.css";
import "../../words/more/forms.ts";
import "../../words/more/room.ts";
import "../../words/more/flags.ts";

const REASONS: readonly FlagReason[] = ["danger", "identifying", "adverse_event", "spam"];
/** What the room is told of, where it is told. */
const TOLD: ReadonlySet<FlagReason> = new Set(["danger", "identifying"]);
const NOTE_CHARS = 2_000;

/** Where one flags a post, in place. Each reason says who will hear of it. */
export function FlagForm({ post, desk }: { post: Post; desk: Desk }) {
  const [reason, setReason] = useState<FlagReason>();
  const [note, setNote] = useState("");
  const [error, setError] = useState<string>();
  const place = useRef<HTMLFormElement>(null);
  useEffect(() => shown(place.current, "start"), []);
  const send = useSubmit(async () => {
    if (!reason) return setError(t("forms.flag_empty"));
    try {
      const said = note.trim();
      await desk.store.command("flag", { target: post.id, reason, ...(said ? { note: said } : {}) });
      shut(desk);
    } catch {
      setError(t("room.say_not_kept"));
    }
  });
  const heard = (one: FlagReason) => t(hears(one, desk.rights.value));
  return (
    <form ref={place} class="post-form act" onSubmit={send} onKeyDown={keys(send, () => shut(desk))}>
      <Choices
        legend={t("forms.flag_why")}
        name={`flag-${post.id}`}
        choices={REASONS.map((value) => ({ value, label: t(`flags.reason_${value}`), says: heard(value) }))}
        value={reason}
        onChoose={setReason}
      />
      <AreaField
        label={t("forms.flag_note")}
        hint={t("forms.flag_note_hint")}
        optional={t("forms.flag_optional")}
        error={error}
        maxLength={NOTE_CHARS}
        value={note}
        onInput={(event) => setNote(event.currentTarget.value)}
      />
      <div class="post-form-foot">
        <Button look="next" type="submit">
          {t("flags.flag")}
        </Button>
        <Button look="bare" onClick={() => shut(desk)}>
          {t("common.cancel")}
        </Button>
      </div>
    </form>
  );
}

function hears(reason: FlagReason, { warns }: Rights) {
  return warns && TOLD.has(reason) ? "forms.flag_told" : "forms.flag_untold";
}
