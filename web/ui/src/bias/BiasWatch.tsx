import { useEffect, useState } from "preact/hooks";
import { Blank } from "../design/Blank.tsx";
import { Button } from "../design/Button.tsx";
import { Choices } from "../design/Choices.tsx";
import { Shape } from "../design/Shape.tsx";
import type { Api } from "../http/api.ts";
import { longMonth } from "../insights/durations.ts";
import { t } from "../words/words.ts";
import { Alarms } from "./Alarms.tsx";
import { History } from "./History.tsx";
import { Payers } from "./Payers.tsx";
import { Authors, Observers } from "./People.tsx";
import { lastMonths, type Report, report, SPANS, type Span } from "./report.ts";
import { Products, Stances } from "./Stances.tsx";
import "./bias.css";
import "../words/more/bias.ts";

/** For compliance: whether awards pull at what people say. */
export function BiasWatch({ api }: { api: Pick<Api, "get"> }) {
  const [span, setSpan] = useState<Span>(12);
  const { found, failed, again } = useReport(api, span);
  return (
    <main class="page bias" aria-busy={!found && !failed}>
      <h1>{t("bias.title")}</h1>
      <p class="bias-means">{t("bias.says")}</p>
      <Choices
        legend={t("bias.months")}
        name="bias-months"
        choices={SPANS.map((value) => ({ value: `${value}`, label: t("bias.span", { count: value }) }))}
        value={`${span}`}
        onChoose={(value) => setSpan(Number(value) as Span)}
      />
      {failed && (
        <Blank says={t("bias.failed")}>
          <Button onClick={again}>{t("common.retry")}</Button>
        </Blank>
      )}
      {!found && !failed && <Shape rows={8} />}
      {found && !failed && <Parts report={found} />}
    </main>
  );
}

function Parts({ report }: { report: Report }) {
  const { first, last } = report.period;
  return (
    <>
      <p class="bias-period">{t("bias.period", { first: longMonth(first), last: longMonth(last) })}</p>
      <Alarms report={report} />
      <Payers report={report} />
      <Stances report={report} />
      <Products report={report} />
      <History report={report} />
      <Authors report={report} />
      <Observers report={report} />
    </>
  );
}

/** The report of so many months; that of the choice before stays until it is here. */
function useReport(api: Pick<Api, "get">, span: Span) {
  const [found, setFound] = useState<Report | null>(null);
  const [failed, setFailed] = useState(false);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const giveUp = new AbortController();
    setFailed(false);
    report(api, lastMonths(span, Date.now()), giveUp.signal).then(
      setFound,
      () => giveUp.signal.aborted || setFailed(true),
    );
    return () => giveUp.abort();
  }, [api, span, tries]);
  return { found, failed, again: () => setTries(tries + 1) };
}
