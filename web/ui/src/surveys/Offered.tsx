import { useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { Written } from "../design/Written.tsx";
import type { Api } from "../http/api.ts";
import { dateOf } from "../words/format.ts";
import { t } from "../words/words.ts";
import { AnswerSheet } from "./AnswerSheet.tsx";
import type { OfferedSurvey } from "./offered.ts";
import "./surveys.css";
import "../words/more/surveys.ts";

interface Props {
  api: Pick<Api, "get" | "post">;
  surveys: readonly OfferedSurvey[];
  /** One has answered, or declined. */
  onChange: () => void;
}

/** What asks this person beside all cases; it waits for them, and never comes to them. */
export function Offered({ api, surveys, onChange }: Props) {
  const [open, setOpen] = useState<OfferedSurvey | null>(null);
  const close = () => {
    setOpen(null);
    onChange();
  };
  return (
    <section class="surveys" aria-labelledby="surveys">
      <h2 id="surveys">{t("surveys.offered", { count: surveys.length })}</h2>
      <ul>
        {surveys.map((survey) => (
          <li key={survey.id} class="survey-line">
            <p class="survey-what">
              <span class="survey-title said">
                <Written text={survey.title} />
              </span>
              <span class="survey-says">
                {survey.by ? t("surveys.by", { name: survey.by }) : t("surveys.by_moderators")}{" "}
                {t("surveys.until", { when: dateOf(survey.closes_at) })}
              </span>
            </p>
            <Button onClick={() => setOpen(survey)}>{t(survey.answers ? "surveys.look" : "surveys.answer")}</Button>
          </li>
        ))}
      </ul>
      {open && <AnswerSheet api={api} survey={open} onClose={close} />}
    </section>
  );
}
