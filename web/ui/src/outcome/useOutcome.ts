import { useState } from "preact/hooks";
import { type Confirmation, confirming, type Doubt, lookOver } from "../identifiers/doubts.ts";
import { confirmations } from "../room/composer/doubting.ts";
import { send } from "../room/people/progress.ts";
import type { OutcomeGiven } from "../wire/frames.ts";
import { type Answers, fieldsOf, textsOf } from "./answers.ts";
import { begun, confirmedBefore, doubtsOfRefused, keep } from "./drafting.ts";
import type { OutcomeProps } from "./OutcomeSheet.tsx";

interface Giving {
  readonly answers: Answers;
  readonly set: (answers: Answers) => void;
  readonly doubts: readonly Doubt[];
  /** Go back to the text. */
  readonly edit: () => void;
  readonly confirm: () => void;
  readonly give: () => Promise<void>;
}

/** An outcome on its way from the form to the record; `before` is the last one that is there. */
export function useOutcome(given: Omit<OutcomeProps, "onClose">, before: OutcomeGiven | null): Giving {
  const { store, me } = given;
  const waiting = store.waiting.peek();
  const [answers, setAnswers] = useState(() => begun(me.person, store.id, waiting, before));
  const [doubts, setDoubts] = useState<readonly Doubt[]>(() => doubtsOfRefused(waiting));
  const [confirmed, setConfirmed] = useState<readonly Confirmation[]>(() => confirmedBefore(waiting));
  const set = (changed: Answers) => {
    setAnswers(changed);
    keep(me.person, store.id, changed);
  };
  const give = async (said = confirmed) => {
    const fields = fieldsOf(answers);
    const found = await lookOver(textsOf(fields), said);
    setDoubts(found);
    if (found.length > 0) return;
    await send(given, "outcome", { ...fields, ...confirmations(said) });
    keep(me.person, store.id, null);
  };
  const confirm = () => {
    const said = [...confirmed, ...confirming(doubts)];
    setConfirmed(said);
    void give(said);
  };
  return { answers, set, doubts, edit: () => setDoubts([]), confirm, give: () => give() };
}
