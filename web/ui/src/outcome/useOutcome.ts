import { useEffect, useRef, useState } from "preact/hooks";
import { type Confirmation, confirming, type Doubt, lookOver } from "../identifiers/doubts.ts";
import { confirmations } from "../room/composer/doubting.ts";
import { type Progress, progressOf, send } from "../room/people/progress.ts";
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
  readonly progress: Progress;
  /** What was sent is on record. */
  readonly done: boolean;
}

/** An outcome on its way from the form to the record; `before` is the last one that is there. */
export function useOutcome(given: Omit<OutcomeProps, "onClose">, before: OutcomeGiven | null): Giving {
  const { store, me } = given;
  const waiting = store.waiting.peek();
  const [answers, setAnswers] = useState(() => begun(me.person, store.id, waiting, before));
  const [doubts, setDoubts] = useState<readonly Doubt[]>(() => doubtsOfRefused(waiting));
  const [confirmed, setConfirmed] = useState<readonly Confirmation[]>(() => confirmedBefore(waiting));
  const progress = progressOf(store, "outcome");
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
  const done = useRecorded(progress);
  return { answers, set, doubts, edit: () => setDoubts([]), confirm, give: () => give(), progress, done };
}

/** Whether something was under way here and is no more: an outcome that waited no longer is on record. */
function useRecorded(progress: Progress): boolean {
  const [recorded, setRecorded] = useState(false);
  const under = useRef(false);
  useEffect(() => {
    if (under.current && progress.is === "none") setRecorded(true);
    under.current = progress.is === "sending" || progress.is === "kept";
  }, [progress.is]);
  return recorded;
}
