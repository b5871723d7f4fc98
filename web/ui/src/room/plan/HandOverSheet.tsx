import { useState } from "preact/hooks";
import { AreaField } from "../../design/Field.tsx";
import { Doubts } from "../../identifiers/Doubts.tsx";
import { t } from "../../words/words.ts";
import { ActSheet } from "../people/ActSheet.tsx";
import type { ActProps } from "../people/CloseSheet.tsx";
import { send } from "../people/progress.ts";
import { Colleagues } from "./Colleagues.tsx";
import { useLookedOver } from "./useLookedOver.ts";
import "../../words/more/plan.ts";

const MOST_CHARS = 2_000;

/** Ask a colleague who is here to take the case over, and tell them what they must know. */
export function HandOverSheet({ onClose, ...given }: ActProps) {
  const [person, setPerson] = useState<string>();
  const [note, setNote] = useState("");
  const over = useLookedOver(async (confirmed) => {
    if (person) await send(given, "hand_over", { person, ...(note && { note }), ...confirmed });
  });
  return (
    <ActSheet
      title={t("plan.hand_over")}
      word="plan.hand_over_send"
      given={given}
      kind="hand_over"
      send={() => over.ask({ note })}
      onClose={onClose}
    >
      <p class="act-says">{t("plan.hand_over_says")}</p>
      <Colleagues
        legend={t("plan.hand_over_to")}
        nobody={t("plan.hand_over_nobody")}
        {...given}
        value={person}
        onChoose={setPerson}
      />
      <AreaField
        label={t("plan.hand_over_note")}
        hint={t("plan.hand_over_note_hint")}
        maxLength={MOST_CHARS}
        value={note}
        onInput={(event) => setNote(event.currentTarget.value)}
      />
      {over.doubts.length > 0 && <Doubts doubts={over.doubts} onEdit={over.edit} onConfirm={over.confirm} />}
    </ActSheet>
  );
}
