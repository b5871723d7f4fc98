import { useEffect, useId, useMemo } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import type { Api } from "../http/api.ts";
import { dateOf } from "../words/format.ts";
import { t } from "../words/words.ts";
import { EventText } from "./EventText.tsx";
import { type AdverseEvent, AdverseEvents } from "./events.ts";
import "./adverse.css";
import "../words/more/adverse.ts";

const MOST_SHOWN = 10;

/** For moderators: what nobody acknowledged in time, the oldest first; nothing where there is none. */
export function Overdue({ api }: { api: Pick<Api, "get" | "post"> }) {
  const events = useMemo(() => new AdverseEvents(api), [api]);
  const title = useId();
  useEffect(() => void events.read(), [events]);
  const all = events.all.value ?? [];
  if (all.length === 0 && !events.failed.value) return null;
  return (
    <section class="adverse" aria-labelledby={title}>
      <h2 id={title}>{t("adverse.overdue")}</h2>
      {events.failed.value ? (
        <p class="adverse-failed" role="alert">
          {t("adverse.overdue_failed")} <Button onClick={() => void events.read()}>{t("common.retry")}</Button>
        </p>
      ) : (
        <List all={all} />
      )}
    </section>
  );
}

function List({ all }: { all: readonly AdverseEvent[] }) {
  const more = all.length - MOST_SHOWN;
  return (
    <>
      <p class="adverse-says">{t("adverse.overdue_says")}</p>
      <ul class="adverse-list">
        {all.slice(0, MOST_SHOWN).map((one) => (
          <One key={`${one.id} ${one.institution}`} event={one} />
        ))}
      </ul>
      {more > 0 && <p class="adverse-says">{t("adverse.overdue_more", { count: more })}</p>}
    </>
  );
}

function One({ event: one }: { event: AdverseEvent }) {
  return (
    <li class="adverse-event">
      <EventText event={one} />
      <div class="adverse-foot">
        <span class={one.institution === null ? "adverse-due" : "adverse-due adverse-late"}>{whose(one)}</span>
        <a class="adverse-see" href={`/case/${one.room}`}>
          {t("adverse.see")}
        </a>
      </div>
    </li>
  );
}

function whose({ institution, due_at }: AdverseEvent): string {
  return institution === null ? t("adverse.of_nobody") : t("adverse.of", { institution, time: dateOf(due_at) });
}
