import { useEffect, useState } from "preact/hooks";
import { Blank } from "../design/Blank.tsx";
import { Button } from "../design/Button.tsx";
import { Shape } from "../design/Shape.tsx";
import type { Api } from "../http/api.ts";
import { t } from "../words/words.ts";
import { ChoiceBar } from "./ChoiceBar.tsx";
import { Section } from "./Section.tsx";
import { TalliesSection } from "./TalliesSection.tsx";
import { ThirdsSection } from "./ThirdsSection.tsx";
import { TimesSection } from "./TimesSection.tsx";
import { ALL, type Choice, type Told, told } from "./told.ts";
import "./insights.css";
import "../words/more/insights.ts";

const EVERYTHING: Choice = { acuity: ALL, specialty: ALL, country: ALL };

/** The figures of all cases, month by month. */
export function Insights({ api }: { api: Pick<Api, "get"> }) {
  const [choice, choose] = useState(EVERYTHING);
  const { found, failed, again } = useTold(api, choice);
  return (
    <main class="page insights" aria-busy={!found && !failed}>
      <h1>{t("insights.title")}</h1>
      <p class="insights-says">{t("insights.says")}</p>
      <ChoiceBar choice={choice} told={found} choose={choose} />
      {failed && (
        <Blank says={t("insights.failed")}>
          <Button onClick={again}>{t("common.retry")}</Button>
        </Blank>
      )}
      {!found && !failed && <Shape rows={6} />}
      {found && !failed && <Sections found={found} choice={choice} />}
    </main>
  );
}

function Sections({ found, choice }: { found: Told; choice: Choice }) {
  const { times, tallies, thirds } = found;
  const none = <p class="insights-none">{t("insights.none")}</p>;
  return (
    <>
      <Section kind="times" choice={choice} files={times.files}>
        {times.times.length > 0 ? <TimesSection told={times} /> : none}
      </Section>
      <Section kind="tallies" choice={choice} files={tallies.files}>
        {tallies.tallies.length > 0 ? <TalliesSection told={tallies} /> : none}
      </Section>
      <Section kind="thirds" choice={choice} files={thirds.files}>
        {thirds.thirds.length > 0 ? <ThirdsSection told={thirds} /> : none}
      </Section>
    </>
  );
}

/** The figures of a choice; those of the one before stay until they are here. */
function useTold(api: Pick<Api, "get">, choice: Choice) {
  const [found, setFound] = useState<Told | null>(null);
  const [failed, setFailed] = useState(false);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const giveUp = new AbortController();
    setFailed(false);
    told(api, choice, giveUp.signal).then(setFound, () => giveUp.signal.aborted || setFailed(true));
    return () => giveUp.abort();
  }, [api, choice, tries]);
  return { found, failed, again: () => setTries(tries + 1) };
}
