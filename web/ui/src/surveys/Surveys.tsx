import { useEffect, useMemo, useState } from "preact/hooks";
import { Blank } from "../design/Blank.tsx";
import { Button } from "../design/Button.tsx";
import { Shape } from "../design/Shape.tsx";
import type { Api } from "../http/api.ts";
import type { Me } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import { AskSheet } from "./AskSheet.tsx";
import { AskedSurveys } from "./asked.ts";
import { emptyDraft } from "./draft.ts";
import { SurveyRow } from "./SurveyRow.tsx";
import "./asked.css";
import "../words/more/places.ts";
import "../words/more/surveying.ts";

/** For who opens surveys: what was asked, how it stands, and asking more. What is written is there until it is sent. */
export function Surveys({ api, me }: { api: Pick<Api, "get" | "post">; me: Me }) {
  const asked = useMemo(() => new AskedSurveys(api), [api]);
  const [asking, setAsking] = useState(false);
  const [draft, setDraft] = useState(() => emptyDraft(Date.now()));
  useEffect(() => void asked.read(), [asked]);
  const approves = me.role === "moderator";
  const sent = () => {
    setAsking(false);
    setDraft(emptyDraft(Date.now()));
  };
  return (
    <main class="page asked-surveys">
      <header class="asked-head">
        <h1>{t("places.surveys")}</h1>
        {asked.all.value && (
          <Button look="next" aria-haspopup="dialog" onClick={() => setAsking(true)}>
            {t("surveying.new")}
          </Button>
        )}
      </header>
      <p class="asked-says">
        {t("surveying.says")} {!approves && t("surveying.says_institution")}
      </p>
      <Rows asked={asked} approves={approves} />
      {asking && (
        <AskSheet asked={asked} draft={draft} onChange={setDraft} onSent={sent} onClose={() => setAsking(false)} />
      )}
    </main>
  );
}

function Rows({ asked, approves }: { asked: AskedSurveys; approves: boolean }) {
  const all = asked.all.value;
  if (asked.wrong.value) {
    return (
      <Blank says={asked.wrong.value}>
        <Button onClick={() => void asked.read()}>{t("common.retry")}</Button>
      </Blank>
    );
  }
  if (all === null) return <Shape rows={4} />;
  if (all.length === 0) return <Blank says={t("surveying.none")} />;
  return (
    <ul class="asked-rows">
      {all.map((survey) => (
        <SurveyRow key={survey.id} asked={asked} survey={survey} approves={approves} />
      ))}
    </ul>
  );
}
