import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import { announce } from "../design/announce.ts";
import { Button } from "../design/Button.tsx";
import { now } from "../design/tick.ts";
import type { Api } from "../http/api.ts";
import { dateOf } from "../words/format.ts";
import { t } from "../words/words.ts";
import { EventText } from "./EventText.tsx";
import { type AdverseEvent, AdverseEvents } from "./events.ts";
import "./adverse.css";
import "../words/more/adverse.ts";

/** The adverse events of what one's institution makes: those that wait, and below them those acknowledged. */
export function YourProducts({ api }: { api: Pick<Api, "get" | "post"> }) {
  const events = useMemo(() => new AdverseEvents(api), [api]);
  const title = useId();
  useEffect(() => void events.read(), [events]);
  if (events.all.value === null && !events.failed.value) return null;
  return (
    <section class="adverse adverse-home" aria-labelledby={title}>
      <h2 id={title}>{t("adverse.yours")}</h2>
      {events.failed.value ? <Failed events={events} /> : <Lists events={events} />}
    </section>
  );
}

function Failed({ events }: { events: AdverseEvents }) {
  return (
    <p class="adverse-failed">
      {t("adverse.yours_failed")} <Button onClick={() => void events.read()}>{t("common.retry")}</Button>
    </p>
  );
}

function Lists({ events }: { events: AdverseEvents }) {
  const { open, settled } = events;
  return (
    <>
      {open.length === 0 && <p class="adverse-none">{t("adverse.yours_none")}</p>}
      {open.length > 0 && (
        <ul class="adverse-list">
          {open.map((one) => (
            <Open key={one.id} event={one} events={events} />
          ))}
        </ul>
      )}
      {settled.length > 0 && <Settled settled={settled} />}
    </>
  );
}

function Open({ event: one, events }: { event: AdverseEvent; events: AdverseEvents }) {
  const [wrong, setWrong] = useState<string>();
  const acknowledge = async () => {
    const says = await events.acknowledge(one);
    setWrong(says);
    if (says === undefined) announce(t("adverse.acknowledged_one"));
  };
  return (
    <li class="adverse-event">
      <EventText event={one} />
      {one.acknowledged_at === null ? (
        <div class="adverse-foot">
          <Button
            aria-label={t("adverse.acknowledge_this", { product: one.product })}
            onClick={() => void acknowledge()}
          >
            {t("adverse.acknowledge")}
          </Button>
          <Due at={one.due_at} />
        </div>
      ) : (
        <Answered at={one.acknowledged_at} />
      )}
      <p class="adverse-wrong" role="alert">
        {wrong}
      </p>
    </li>
  );
}

/** What stands in the button's place, and takes the focus from it. */
function Answered({ at }: { at: number }) {
  const place = useRef<HTMLParagraphElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <p ref={place} class="adverse-answered" tabIndex={-1}>
      ✓ {t("adverse.acknowledged_at", { time: dateOf(at) })}
    </p>
  );
}

function Due({ at }: { at: number }) {
  const past = at <= now.value;
  return (
    <span class={past ? "adverse-due adverse-late" : "adverse-due"}>
      {t(past ? "adverse.due_past" : "adverse.due", { time: dateOf(at) })}
    </span>
  );
}

function Settled({ settled }: { settled: readonly AdverseEvent[] }) {
  return (
    <details class="adverse-settled">
      <summary>{t("adverse.acknowledged", { count: settled.length })}</summary>
      <ul class="adverse-list">
        {settled.map((one) => (
          <li key={one.id} class="adverse-event">
            <EventText event={one} />
            <p class="adverse-answered">✓ {t("adverse.acknowledged_at", { time: dateOf(one.acknowledged_at ?? 0) })}</p>
          </li>
        ))}
      </ul>
    </details>
  );
}
