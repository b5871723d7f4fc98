import { useId, useState } from "preact/hooks";
import { announce } from "../design/announce.ts";
import { Button } from "../design/Button.tsx";
import { Sheet } from "../design/Sheet.tsx";
import { useSubmit } from "../design/useSubmit.ts";
import type { Api } from "../http/api.ts";
import { Problem } from "../http/problem.ts";
import { t } from "../words/words.ts";
import { type Answers, begun, chosen, isWhole, type OfferedSurvey, type SurveyQuestion } from "./offered.ts";
import { ResultsOf } from "./ResultsOf.tsx";
import "../design/choices.css";
import "../words/more/surveys.ts";

interface Props {
  api: Pick<Api, "get" | "post">;
  survey: OfferedSurvey;
  onClose: () => void;
}

/** Answer a survey or change what one answered; then, what all have. */
export function AnswerSheet({ api, survey, onClose }: Props) {
  const form = useId();
  const [answers, setAnswers] = useState(() => begun(survey));
  const [answered, setAnswered] = useState(survey.answers);
  const [error, setError] = useState<string>();
  const ask = async (path: string, content: unknown) => {
    try {
      await api.post(`/api/surveys/${survey.id}/${path}`, content);
      setError(undefined);
      return true;
    } catch (reason) {
      setError(reason instanceof Problem ? reason.message : t("surveys.failed"));
      return false;
    }
  };
  const send = useSubmit(async () => {
    if (!isWhole(answers)) return setError(t("surveys.incomplete"));
    if (!(await ask("answer", { answers }))) return;
    setAnswered(answers);
    announce(t("surveys.taken"));
  });
  const decline = async () => {
    if (await ask("decline", {})) onClose();
  };
  const foot = (
    <>
      <Button onClick={decline}>{t("surveys.decline")}</Button>
      <Button look="next" type="submit" form={form}>
        {t(answered ? "surveys.change" : "surveys.send")}
      </Button>
    </>
  );
  return (
    <Sheet title={survey.title} onClose={onClose} foot={foot}>
      <form id={form} class="survey-form" onSubmit={send}>
        <p class="survey-says">{t("surveys.says")}</p>
        {survey.questions.map((question, place) => (
          <QuestionFields
            key={place}
            question={question}
            name={`${form}-${place}`}
            choices={answers[place] ?? []}
            onChoose={(option) => setAnswers(chosen(answers, place, option, question.multiple === true))}
          />
        ))}
        {error && (
          <p class="field-error" role="alert">
            {error}
          </p>
        )}
        {answered && <Taken api={api} survey={survey} answers={answered} />}
      </form>
    </Sheet>
  );
}

interface FieldsProps {
  question: SurveyQuestion;
  name: string;
  choices: readonly number[];
  onChoose: (option: number) => void;
}

function QuestionFields({ question: { question, options, multiple }, name, choices, onChoose }: FieldsProps) {
  return (
    <fieldset class="choices">
      <legend>
        <bdi>{question}</bdi>
        {multiple && <span class="survey-says"> {t("surveys.several")}</span>}
      </legend>
      {options.map((option, n) => (
        <label key={n} class="choice">
          <input
            type={multiple ? "checkbox" : "radio"}
            name={name}
            checked={choices.includes(n)}
            onChange={() => onChoose(n)}
          />
          <span>
            <bdi>{option}</bdi>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** That the answer is in, and what all have answered as it is now. */
function Taken({ api, survey, answers }: { api: Pick<Api, "get">; survey: OfferedSurvey; answers: Answers }) {
  return (
    <section class="survey-results">
      <h3>{t("surveys.results")}</h3>
      <ResultsOf key={JSON.stringify(answers)} api={api} id={survey.id} questions={survey.questions} mine={answers} />
    </section>
  );
}
