import { useEffect, useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { Icon } from "../design/Icon.tsx";
import type { Client } from "../live/client.ts";
import { renewPage } from "../offline/register.ts";
import type { LinkState } from "../wire/link.ts";
import { t } from "../words/words.ts";
import "./lines.css";

/** What is away just now, what still works, and when it is tried again. Nothing while all is well. */
export function Lines({ client }: { client: Client }) {
  const { link, outbox } = client;
  const health = link.health.value;
  return (
    <div class="lines" role="status">
      <LinkLine state={link.state.value} retry={() => link.retryNow()} />
      {health.journal === "away" && <Line says={t("app.journal_away")} />}
      {health.backplane === "away" && <Line says={t("app.backplane_away")} />}
      {!outbox.durable.value && <Line says={t("app.not_durable")} />}
    </div>
  );
}

function LinkLine({ state, retry }: { state: LinkState; retry: () => void }) {
  switch (state.is) {
    case "offline":
      return <Line says={t("app.offline")} does={t("app.try_now")} act={retry} />;
    case "waiting":
      return <Countdown until={state.retry_at} retry={retry} />;
    case "connecting":
      return state.attempt > 0 ? <Line says={t("app.reconnecting_now")} /> : null;
    case "ended":
      if (state.why === "outdated")
        return <Line says={t("app.outdated")} does={t("app.reload")} act={() => void renewPage()} />;
      return state.why === "withdrawn" ? <Line says={t("app.withdrawn")} /> : null;
    case "up":
      return null;
  }
}

/** Who listens is told once that the line is down, not every second. */
function Countdown({ until, retry }: { until: number; retry: () => void }) {
  const [seconds, setSeconds] = useState(left(until));
  useEffect(() => {
    setSeconds(left(until));
    const timer = setInterval(() => setSeconds(left(until)), 1_000);
    return () => clearInterval(timer);
  }, [until]);
  if (seconds < 1) return <Line says={t("app.reconnecting_now")} />;
  return <Line says={t("app.reconnecting", { seconds })} does={t("app.try_now")} act={retry} quiet />;
}

function left(until: number): number {
  return Math.max(0, Math.ceil((until - Date.now()) / 1_000));
}

function Line({ says, does, act, quiet }: { says: string; does?: string; act?: () => void; quiet?: boolean }) {
  return (
    <div class="line">
      <Icon name="alert" />
      <p aria-live={quiet ? "off" : undefined}>{says}</p>
      {does && <Button onClick={act}>{does}</Button>}
    </div>
  );
}
