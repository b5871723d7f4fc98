import { useEffect, useState } from "preact/hooks";
import { Blank } from "../design/Blank.tsx";
import { Button } from "../design/Button.tsx";
import { Shape } from "../design/Shape.tsx";
import type { Api } from "../http/api.ts";
import { t } from "../words/words.ts";
import { ChoiceBar } from "./ChoiceBar.tsx";
import { MeasureCard } from "./MeasureCard.tsx";
import { ALL, type Choice, MEASURES, type Times, times } from "./times.ts";
import "./insights.css";
import "../words/more/insights.ts";

const EVERYTHING: Choice = { acuity: ALL, specialty: ALL };

/** How long cases wait for what, month by month. */
export function Insights({ api }: { api: Pick<Api, "get"> }) {
  const [choice, choose] = useState(EVERYTHING);
  const { found, failed, again } = useTimes(api, choice);
  return (
    <main class="page insights" aria-busy={!found && !failed}>
      <h1>{t("insights.title")}</h1>
      <p class="insights-says">{t("insights.says")}</p>
      <ChoiceBar choice={choice} specialties={found?.specialties ?? []} choose={choose} />
      {failed && (
        <Blank says={t("insights.failed")}>
          <Button onClick={again}>{t("common.retry")}</Button>
        </Blank>
      )}
      {!found && !failed && <Shape rows={6} />}
      {found && !failed && <Cards found={found} />}
    </main>
  );
}

function Cards({ found }: { found: Times }) {
  if (found.times.length === 0) return <Blank says={t("insights.none")} />;
  return (
    <div class="measures">
      {MEASURES.map((measure) => (
        <MeasureCard key={measure} measure={measure} times={found} />
      ))}
    </div>
  );
}

/** The figures of a choice; those of the one before stay until they are here. */
function useTimes(api: Pick<Api, "get">, choice: Choice) {
  const [found, setFound] = useState<Times | null>(null);
  const [failed, setFailed] = useState(false);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const giveUp = new AbortController();
    setFailed(false);
    times(api, choice, giveUp.signal).then(setFound, () => giveUp.signal.aborted || setFailed(true));
    return () => giveUp.abort();
  }, [api, choice, tries]);
  return { found, failed, again: () => setTries(tries + 1) };
}
