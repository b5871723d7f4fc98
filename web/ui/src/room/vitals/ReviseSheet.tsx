import { useState } from "preact/hooks";
import { SPECIALTIES } from "../../ask/options.ts";
import { Picker } from "../../ask/Picker.tsx";
import { Choices } from "../../design/Choices.tsx";
import { AreaField } from "../../design/Field.tsx";
import { Doubts } from "../../identifiers/Doubts.tsx";
import { type Confirmation, confirming, type Doubt, lookOver } from "../../identifiers/doubts.ts";
import { t } from "../../words/words.ts";
import { confirmations } from "../composer/doubting.ts";
import { ActSheet } from "../people/ActSheet.tsx";
import type { ActProps } from "../people/CloseSheet.tsx";
import { send } from "../people/progress.ts";
import { changedIn, revisionOf, type Texts, textsIn } from "./revising.ts";
import "../../words/more/ask.ts";
import "../../words/more/vitals.ts";
import "../../words/more/room.ts";

const ACUITIES = ["stat", "asap", "urgent", "routine"] as const;
const TEXTS: readonly (keyof Texts)[] = ["background", "assessment", "request"];
const MOST_CHARS = 8_000;

/** Say parts of the case anew. */
export function ReviseSheet({ onClose, ...given }: ActProps) {
  const { store } = given;
  const [before] = useState(store.case.peek());
  const [now, setNow] = useState(() => before && revisionOf(before));
  const [doubts, setDoubts] = useState<readonly Doubt[]>([]);
  const [confirmed, setConfirmed] = useState<readonly Confirmation[]>([]);
  const [same, setSame] = useState(false);
  if (!before || !now) return null;
  const change = (said: Partial<typeof now>) => setNow({ ...now, ...said });
  const revise = async (said = confirmed) => {
    const changed = changedIn(before, now);
    setSame(!changed);
    if (!changed) return;
    const found = await lookOver(textsIn(changed as Partial<Texts>), said);
    setDoubts(found);
    if (found.length === 0) await send(given, "revise", { ...changed, ...confirmations(said) });
  };
  const confirm = () => {
    const said = [...confirmed, ...confirming(doubts)];
    setConfirmed(said);
    void revise(said);
  };
  return (
    <ActSheet
      title={t("room.do_revise")}
      word="vitals.revise"
      given={given}
      kind="revise"
      send={() => revise()}
      onClose={onClose}
    >
      <p class="act-says">{t("vitals.revise_says")}</p>
      <Choices
        legend={t("ask.field_acuity")}
        name="acuity"
        choices={ACUITIES.map((value) => ({ value, label: t(`common.${value}`), says: t(`ask.${value}_means`) }))}
        value={now.acuity}
        onChoose={(acuity) => change({ acuity })}
      />
      <Picker
        name="specialties"
        label={t("ask.field_specialties")}
        hint={t("ask.hint_specialties")}
        options={SPECIALTIES}
        open
        chosen={now.specialties}
        onChange={(specialties) => change({ specialties })}
      />
      {TEXTS.map((name) => (
        <AreaField
          key={name}
          label={t(`ask.field_${name}`)}
          required={name !== "background"}
          maxLength={MOST_CHARS}
          value={now[name]}
          onInput={(event) => change({ [name]: event.currentTarget.value })}
        />
      ))}
      {same && <p class="field-error">{t("vitals.revise_none")}</p>}
      {doubts.length > 0 && <Doubts doubts={doubts} onEdit={() => setDoubts([])} onConfirm={confirm} />}
    </ActSheet>
  );
}
