import { useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { Written } from "../design/Written.tsx";
import type { By } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import type { Answers } from "./answers.ts";
import { type Claim, FEW, judged, type Verdict, verdictOf } from "./claims.ts";
import "../words/more/outcome.ts";

const VERDICTS: readonly Verdict[] = ["neither", "right", "wrong"];

interface Props {
  claims: readonly Claim[];
  /** What somebody is called, as far as the room knows. */
  nameIt: (by: By) => string;
  answers: Answers;
  set: (answers: Answers) => void;
}

/** Of the advice that was given, what turned out right, and what wrong. Nothing need be said of any. */
export function OutcomeClaims({ claims, nameIt, answers, set }: Props) {
  const [all, setAll] = useState(false);
  if (claims.length === 0) return null;
  return (
    <section class="outcome-judged" aria-labelledby="outcome-judged">
      <h3 id="outcome-judged">{t("outcome.judge")}</h3>
      <p class="field-hint">{t("outcome.judge_hint")}</p>
      {claims.slice(0, all ? claims.length : FEW).map((claim) => (
        <Judge key={claim.id} claim={claim} by={nameIt(claim.by)} answers={answers} set={set} />
      ))}
      {!all && claims.length > FEW && (
        <Button onClick={() => setAll(true)}>{t("outcome.judge_all", { count: claims.length - FEW })}</Button>
      )}
    </section>
  );
}

interface JudgeProps {
  claim: Claim;
  by: string;
  answers: Answers;
  set: (answers: Answers) => void;
}

function Judge({ claim: { id, text }, by, answers, set }: JudgeProps) {
  const now = verdictOf(answers, id);
  return (
    <fieldset class="choices choices-short">
      <legend class="outcome-claim-legend">
        <bdi class="outcome-claim-by">{by}</bdi>
        <span class="said outcome-claim-text">
          <Written text={text} />
        </span>
      </legend>
      {VERDICTS.map((verdict) => (
        <label key={verdict} class="choice">
          <input
            type="radio"
            name={`claim ${id}`}
            checked={verdict === now}
            onChange={() => set(judged(answers, id, verdict))}
          />
          <span>{t(`outcome.judge_${verdict}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}
