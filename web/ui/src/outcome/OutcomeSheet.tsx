import { useState } from "preact/hooks";
import { nameOf } from "../design/Person.tsx";
import { Doubts } from "../identifiers/Doubts.tsx";
import { ActSheet } from "../room/people/ActSheet.tsx";
import type { ActProps } from "../room/people/CloseSheet.tsx";
import { personOf } from "../room/people/names.ts";
import type { OutcomeGiven } from "../wire/frames.ts";
import { known, t } from "../words/words.ts";
import { claimsOf } from "./claims.ts";
import { OutcomeClaims } from "./OutcomeClaims.tsx";
import { OutcomeFields } from "./OutcomeFields.tsx";
import { useOutcome } from "./useOutcome.ts";
import "../room/people/acts.css";
import "./outcome.css";
import "../words/more/outcome.ts";

export interface OutcomeProps extends ActProps {
  /** It is on record now. */
  onRecorded?: () => void;
}

/** What became of the patient: all that can be tapped, and nothing that must be known. One tap leaves it for later. */
export function OutcomeSheet({
  before,
  onClose,
  onRecorded,
  ...given
}: OutcomeProps & { before: OutcomeGiven | null }) {
  const { answers, set, doubts, edit, confirm, give } = useOutcome(given, before);
  const [begun] = useState(answers);
  return (
    <ActSheet
      title={t("outcome.title")}
      word="outcome.save"
      leave="outcome.later"
      given={given}
      kind="outcome"
      send={give}
      onClose={onClose}
      onRecorded={onRecorded}
    >
      <p class="act-says">{t("outcome.says")}</p>
      <OutcomeFields answers={answers} set={set} />
      <OutcomeClaims
        claims={claimsOf(given.store, begun)}
        nameIt={(by) => nameOf(personOf(given.store, given.me, by) ?? by)}
        answers={answers}
        set={set}
      />
      {doubts.length > 0 && <Doubts doubts={doubts} nameOf={fieldName} onEdit={edit} onConfirm={confirm} />}
    </ActSheet>
  );
}

function fieldName(field: string): string | undefined {
  const word = `outcome.short_${field}`;
  return known(word) ? t(word) : undefined;
}
