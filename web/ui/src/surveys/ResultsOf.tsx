import { useEffect, useState } from "preact/hooks";
import type { Api } from "../http/api.ts";
import { PollRows } from "../room/polls/PollRows.tsx";
import { t } from "../words/words.ts";
import type { Answers, Results, SurveyQuestion } from "./offered.ts";
import "../room/polls/polls.css";
import "../words/more/surveys.ts";

interface Props {
  api: Pick<Api, "get">;
  id: string;
  questions: readonly SurveyQuestion[];
  mine: Answers;
}

/** What all have answered, as far as it is told. */
export function ResultsOf({ api, id, questions, mine }: Props) {
  const [results, setResults] = useState<Results | "failed">();
  useEffect(() => {
    const giveUp = new AbortController();
    api
      .get<Results>(`/api/surveys/${id}/results`, { signal: giveUp.signal })
      .then(setResults, () => giveUp.signal.aborted || setResults("failed"));
    return () => giveUp.abort();
  }, [api, id]);
  if (results === undefined) return null;
  if (results === "failed") return <p class="survey-says">{t("surveys.failed")}</p>;
  const { all } = results;
  if (all === null) return <p class="survey-says">{t("surveys.untold")}</p>;
  return (
    <>
      <p class="survey-says">{t("surveys.people", { count: all.people })}</p>
      {questions.map(({ question, options }, place) => (
        <div key={place} class="survey-result">
          <p>
            <bdi>{question}</bdi>
          </p>
          <PollRows
            options={options}
            standing={{ mine: mine[place] ?? [], counts: all.counts[place] ?? null, voters: all.people }}
          />
        </div>
      ))}
    </>
  );
}
