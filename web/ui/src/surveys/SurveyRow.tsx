import { useId, useRef, useState } from "preact/hooks";
import { announce } from "../design/announce.ts";
import { Button } from "../design/Button.tsx";
import { country, dateOf, list, specialty } from "../words/format.ts";
import { t } from "../words/words.ts";
import { type AskedSurvey, type AskedSurveys, stateOf } from "./asked.ts";
import { GroupResults } from "./GroupResults.tsx";
import "../words/more/surveying.ts";

interface Props {
  asked: AskedSurveys;
  survey: AskedSurvey;
  /** Whether who reads this lets institutions ask. */
  approves: boolean;
}

/** One survey: how far it is, how many have answered, whom it asks what, and what can be done with it. */
export function SurveyRow({ asked, survey, approves }: Props) {
  const [sure, setSure] = useState(false);
  const [shown, setShown] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const heading = useRef<HTMLHeadingElement>(null);
  const results = useId();
  const state = stateOf(survey, Date.now());
  const act = async (work: Promise<string | undefined>, says: string) => {
    const why = await work;
    setWrong(why);
    if (why !== undefined) return;
    heading.current?.focus();
    announce(says);
  };
  const end = () => (sure ? act(asked.end(survey), t("surveying.ended")) : setSure(true));
  return (
    <li class="asked-survey">
      <div class="asked-what">
        <h2 ref={heading} tabIndex={-1} class="asked-title">
          <bdi>{survey.wish.title}</bdi>
        </h2>
        <p>
          <strong>{stateIn(survey)}</strong> · {byWhom(survey)}
        </p>
        <p>
          {(state === "open" || state === "over") && peopleIn(survey)} {t("surveying.whom", { whom: whomOf(survey) })}
        </p>
      </div>
      <div class="asked-acts">
        {approves && state === "waiting" && (
          <Button onClick={() => void act(asked.approve(survey), t("surveying.approved"))}>
            {t("surveying.approve")}
          </Button>
        )}
        {state === "over" ? (
          <Button aria-expanded={shown} aria-controls={results} onClick={() => setShown(!shown)}>
            {t("surveying.results")}
          </Button>
        ) : (
          <Button look="grave" onClick={() => void end()}>
            {t(sure ? "surveying.end_sure" : "surveying.end")}
          </Button>
        )}
      </div>
      <p class="asked-wrong" role="alert" hidden={!wrong}>
        {wrong}
      </p>
      {!shown && <Questions survey={survey} />}
      <div id={results} hidden={!shown}>
        {shown && <GroupResults asked={asked} survey={survey} />}
      </div>
    </li>
  );
}

function Questions({ survey: { wish } }: { survey: AskedSurvey }) {
  return (
    <details class="asked-questions">
      <summary>{t("surveying.questions", { count: wish.questions.length })}</summary>
      <ol>
        {wish.questions.map(({ question, options, multiple }, place) => (
          <li key={place}>
            <bdi>{question}</bdi>
            {multiple && <span class="asked-says"> ({t("surveying.multiple")})</span>}
            <ul>
              {options.map((option) => (
                <li key={option}>
                  <bdi>{option}</bdi>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </details>
  );
}

function stateIn(survey: AskedSurvey): string {
  const { opens_at, closes_at } = survey.wish;
  const state = stateOf(survey, Date.now());
  if (state === "waiting") return t("surveying.state_waiting");
  if (state === "coming") return t("surveying.state_coming", { when: dateOf(opens_at) });
  if (state === "open") return t("surveying.state_open", { when: dateOf(closes_at) });
  return t("surveying.state_over", { when: dateOf(survey.ended_at ?? closes_at) });
}

function byWhom({ institution: name }: AskedSurvey): string {
  return name === null ? t("surveying.by_moderators") : t("surveying.by", { name });
}

function peopleIn({ participation }: AskedSurvey): string {
  if (participation === null) return t("surveying.people_few");
  const { people: count, exact } = participation;
  return t(exact ? "surveying.people" : "surveying.people_least", { count });
}

function whomOf({ wish: { specialties, countries } }: AskedSurvey): string {
  const parts = [specialties.map(specialty), countries.map(country)].filter((names) => names.length > 0);
  return parts.length > 0 ? parts.map(list).join("; ") : t("surveying.whom_all");
}
