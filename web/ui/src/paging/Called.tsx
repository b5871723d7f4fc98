import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { atDeadlines } from "../alarm/deadlines.ts";
import { Ringing } from "../alarm/ringing.ts";
import { Sound } from "../alarm/Sound.tsx";
import { useLocation } from "../app/location.tsx";
import { announce } from "../design/announce.ts";
import { move, now } from "../design/tick.ts";
import type { Api } from "../http/api.ts";
import type { Client } from "../live/client.ts";
import type { Me } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import { isUnder, progressOf } from "./answering.ts";
import { CallCard } from "./CallCard.tsx";
import { type Call, Calls } from "./calls.ts";
import { EndedCall } from "./EndedCall.tsx";
import { useAnswering } from "./useAnswering.ts";
import "../words/more/paging.ts";
import "./called.css";

interface Props {
  api: Pick<Api, "get">;
  client: Client;
  me: Me;
}

/**
 * Whoever is called sees it in any screen: the most urgent call, and how many more there are. A call that interrupts
 * nobody shows in its own room only; the bell counts it.
 */
export function Called({ api, client, me }: Props) {
  const calls = useMemo(() => new Calls(client.notices, now), [client]);
  const { path } = useLocation();
  const isHere = ({ room }: Call) => path === `/case/${room}`;
  const shown = calls.shown.value.filter((call) => client.urgency.interrupts(call.acuity) || isHere(call));
  const [first, ...others] = shown;
  const ringing = useMemo(() => new Ringing(client.notices.calls, now), [client]);
  useEffect(() => atDeadlines(ringing.calls, () => client.link.now(), move), [ringing]);
  const { send, sent } = useAnswering(client, calls);
  const ended = first?.state === "ended" && !isUnder(progressOf(client, first));
  const place = useKeptFocus(first && `${first.notice} ${ended}`);
  const more = others.filter(({ state }) => state !== "ended").length;
  const pressing = useTold(shown);
  const here = first && isHere(first) ? "called-here" : "";
  return (
    <>
      <p class="quiet" role="alert">
        {pressing}
      </p>
      {first && (
        <section
          ref={place}
          class={`called called-${first.acuity} ${here}`}
          aria-label={t("paging.called")}
          tabIndex={-1}
        >
          {ended ? (
            <EndedCall key={first.notice} api={api} me={me} call={first} calls={calls} />
          ) : (
            <CallCard
              key={first.notice}
              api={api}
              client={client}
              call={first}
              calls={calls}
              send={(answer) => send(first, answer)}
              sent={sent?.call.notice === first.notice ? sent.answer : undefined}
            />
          )}
          <div class="called-besides">
            <Sound ringing={ringing} />
            {more > 0 && <p>{t("paging.called_many", { count: more })}</p>}
          </div>
        </section>
      )}
    </>
  );
}

/** Each call is told once: politely, but for a `stat` one, which interrupts; what it says is returned. */
function useTold(shown: readonly Call[]): string {
  const [pressing, setPressing] = useState("");
  const told = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const fresh = shown.filter(({ notice, state }) => state === "rings" && !told.current.has(notice));
    told.current = new Set([...told.current, ...fresh.map(({ notice }) => notice)]);
    for (const { acuity, title } of fresh) {
      const tell = acuity === "stat" ? setPressing : announce;
      tell(t("paging.tell", { what: title }));
    }
  }, [shown]);
  return pressing;
}

/** When a card goes that has the focus, the focus goes to the next one, or back to the screen. */
function useKeptFocus(card: string | undefined) {
  const place = useRef<HTMLElement>(null);
  const before = useRef(card);
  // Before it is drawn anew: what is gone has no focus.
  const had = place.current?.contains(document.activeElement) === true;
  useLayoutEffect(() => {
    const gone = before.current !== undefined && before.current !== card;
    before.current = card;
    if (gone && had) (place.current ?? document.getElementById("content"))?.focus();
  }, [card]);
  return place;
}
