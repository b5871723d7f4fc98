import { Choices } from "../design/Choices.tsx";
import { AreaField } from "../design/Field.tsx";
import { QUESTIONS, type Question } from "../room/fold/card.ts";
import type { Verdict } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import { type Answer, type Answers, optionsOf } from "./answers.ts";
import "../words/more/outcome.ts";

const VERDICTS: readonly Verdict[] = ["confirmed", "refuted", "unknown"];
const MOST_CHARS = 2_000;

interface Props {
  answers: Answers;
  set: (answers: Answers) => void;
}

/** The five questions, a tap each; words where words are wanted. */
export function OutcomeFields({ answers, set }: Props) {
  const verdicts = VERDICTS.map((value) => ({ value, label: t(`outcome.verdict_${value}`) }));
  const answer = (question: Question) => (given: Answer) =>
    set({ ...answers, given: { ...answers.given, [question]: given } });
  return (
    <>
      {QUESTIONS.map((question) => (
        <Asked key={question} question={question} answer={answers.given[question]} set={answer(question)}>
          {question === "diagnosis" && answers.given.diagnosis.option === "words" && (
            <HowKnown answers={answers} set={set} />
          )}
        </Asked>
      ))}
      <Choices
        legend={t("outcome.verdict")}
        name="verdict"
        choices={verdicts}
        value={answers.verdict}
        onChoose={(verdict) => set({ ...answers, verdict })}
      />
    </>
  );
}

interface AskedProps {
  question: Question;
  answer: Answer;
  set: (answer: Answer) => void;
  children: preact.ComponentChildren;
}

function Asked({ question, answer, set, children }: AskedProps) {
  const choices = optionsOf(question).map((value) => ({ value, label: labelOf(question, value) }));
  return (
    <div class="outcome-asked">
      <Choices
        legend={t(`outcome.ask_${question}`)}
        name={question}
        choices={choices}
        value={answer.option}
        onChoose={(option) => set({ ...answer, option })}
      />
      {answer.option === "words" && (
        <AreaField
          label={t(`outcome.words_${question}`)}
          required
          maxLength={MOST_CHARS}
          value={answer.words}
          onInput={(event) => set({ ...answer, words: event.currentTarget.value })}
        />
      )}
      {children}
    </div>
  );
}

function HowKnown({ answers, set }: Props) {
  return (
    <AreaField
      label={t("outcome.how_known")}
      hint={t("outcome.how_known_hint")}
      optional={t("outcome.optional")}
      maxLength={MOST_CHARS}
      value={answers.how_known}
      onInput={(event) => set({ ...answers, how_known: event.currentTarget.value })}
    />
  );
}

/** Words on harm are a yes; on a diagnosis they are that it is known. */
function labelOf(question: Question, option: ReturnType<typeof optionsOf>[number]): string {
  if (option === "words" && question === "harm") return t("outcome.option_yes");
  if (option === "words" && question === "diagnosis") return t("outcome.option_known");
  return t(`outcome.option_${option}`);
}
