import { useEffect, useState } from "preact/hooks";
import { Choice } from "../ask/Choice.tsx";
import { shareOf } from "../moderation/share.ts";
import { share } from "../room/polls/standing.ts";
import { country, number, specialty } from "../words/format.ts";
import { t } from "../words/words.ts";
import type { AskedSurvey, AskedSurveys, GroupBy } from "./asked.ts";
import type { Results, SurveyQuestion, Told } from "./offered.ts";
import { REST, toldIn } from "./shares.ts";
import "../design/field.css";
import "../words/more/surveying.ts";

interface Props {
  asked: AskedSurveys;
  survey: AskedSurvey;
}

/** What was answered, all together or by a group, with shares; and the same as a table. */
export function GroupResults({ asked, survey }: Props) {
  const [results, setResults] = useState<Results | "failed">();
  const [chosen, setChosen] = useState<string>();
  useEffect(() => {
    asked.results(survey).then(setResults, () => setResults("failed"));
  }, [asked, survey.id]);
  if (results === undefined) return null;
  if (results === "failed") return <p class="asked-wrong">{t("surveying.failed")}</p>;
  const told = toldIn(results);
  const group = told.find((one) => one.group === chosen) ?? told[0];
  if (!group) return <p class="asked-says">{t("surveying.untold")}</p>;
  return (
    <div class="asked-results">
      <Choice
        name={`group-${survey.id}`}
        label={t("surveying.group")}
        value={group.group}
        options={told.map((one) => [one.group, calledIn(one, survey.wish.group_by)] as const)}
        {...(results.all === null ? { says: t("surveying.all_untold") } : {})}
        onChange={setChosen}
      />
      {survey.wish.questions.map((question, place) => (
        <QuestionShares key={place} question={question} counts={group.counts[place] ?? []} people={group.people} />
      ))}
      <a
        class="button button-plain"
        href={`/api/surveys/${survey.id}/results.csv`}
        download={`survey-${survey.id}.csv`}
      >
        <span>{t("surveying.csv")}</span>
      </a>
    </div>
  );
}

interface SharesProps {
  question: SurveyQuestion;
  counts: readonly number[];
  people: number;
}

function QuestionShares({ question: { question, options, multiple }, counts, people }: SharesProps) {
  return (
    <section class="asked-result">
      <h3>
        <bdi>{question}</bdi>
        {multiple && <span class="asked-says"> ({t("surveying.multiple")})</span>}
      </h3>
      <ul class="asked-shares">
        {options.map((option, n) => {
          const part = share(counts[n] ?? 0, people);
          return (
            <li key={option} class="asked-share">
              <span class="asked-bar" style={{ inlineSize: `${100 * part}%` }} />
              <bdi>{option}</bdi>
              <span class="asked-count">
                {number(counts[n] ?? 0)} · {shareOf(part)}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function calledIn({ group, people: count }: Told, by: GroupBy): string {
  if (group === "") return t("surveying.group_all", { count });
  if (group === REST) return t("surveying.group_rest", { count });
  return t("surveying.group_one", { group: by === "specialty" ? specialty(group) : country(group), count });
}
