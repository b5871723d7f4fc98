import { useEffect, useRef, useState } from "preact/hooks";
import { useLocation } from "../app/location.tsx";
import { Acuity } from "../design/Acuity.tsx";
import { Button, ButtonLink } from "../design/Button.tsx";
import { Icon } from "../design/Icon.tsx";
import { Moment } from "../design/Moment.tsx";
import type { Api } from "../http/api.ts";
import type { Client } from "../live/client.ts";
import { said, t } from "../words/words.ts";
import { type Answer, drop, isUnder, progressOf } from "./answering.ts";
import { Countdown } from "./Countdown.tsx";
import type { Call, Calls } from "./calls.ts";
import { DeclineForm } from "./DeclineForm.tsx";
import { TakeForm } from "./TakeForm.tsx";
import { Under } from "./Under.tsx";
import "../words/more/paging.ts";

interface Props {
  api: Pick<Api, "get">;
  client: Client;
  call: Call;
  calls: Calls;
  send: (answer: Answer) => Promise<void>;
  /** What was answered from here, if anything was. */
  sent: Answer["answer"] | undefined;
}

/** One call: what for, how much time is left, and what one can answer. To touch it is to have looked at it. */
export function CallCard({ api, client, call, calls, send, sent }: Props) {
  const [answer, setAnswer] = useState<Answer["answer"] | null>(null);
  const progress = progressOf(client, call);
  const back = useBack(answer);
  const look = () => calls.look(call.notice);
  const take = () => (call.acuity === "stat" ? setAnswer("accept") : void send({ answer: "accept" }));
  // The case may have become one that is read back.
  useEffect(() => {
    if (progress.is === "refused" && sent === "accept") setAnswer("accept");
  }, [progress.is, sent]);
  useEffect(() => calls.answering(call.notice, answer !== null), [calls, call.notice, answer]);
  useEffect(() => () => void drop(client, call.page), [client, call.page]);
  const given = { progress, send, onBack: () => setAnswer(null) };
  return (
    <div class="call" onPointerDown={look} onFocusIn={look}>
      <p class="call-head">
        <span class={call.state === "rings" ? "alarm-bell" : undefined}>
          <Icon name="bell" />
        </span>
        <Acuity level={call.acuity} />
        <strong class="call-title said">{call.title}</strong>
        <span class="call-time">
          <Time call={call} client={client} />
        </span>
      </p>
      {answer === "accept" && <TakeForm api={api} call={call} {...given} />}
      {answer === "decline" && <DeclineForm {...given} />}
      {answer === null && (
        <>
          <div class="call-acts">
            <Button look="next" innerRef={back} aria-disabled={isUnder(progress)} onClick={take}>
              {t("paging.accept")}
            </Button>
            <Button onClick={() => setAnswer("decline")}>{t("paging.decline")}</Button>
            <Ways call={call} calls={calls} />
          </div>
          <Under progress={progress} />
        </>
      )}
    </div>
  );
}

/** What else one can do with a call. */
function Ways({ call: { notice, room, state }, calls }: Pick<Props, "call" | "calls">) {
  const { path } = useLocation();
  return (
    <>
      {path !== `/case/${room}` && <ButtonLink href={`/case/${room}`}>{t("paging.open")}</ButtonLink>}
      {state === "lapsed" && (
        <Button look="bare" onClick={() => calls.putAway(notice)}>
          {t("paging.put_away")}
        </Button>
      )}
    </>
  );
}

function Time({ call: { state, at, deadline_at }, client }: { call: Call; client: Pick<Client, "link"> }) {
  if (state === "lapsed") return t("paging.lapsed");
  const since = said("paging.since", { time: <Moment at={at} /> });
  if (deadline_at === null) return since;
  const left = <Countdown until={deadline_at} now={() => client.link.now()} />;
  return (
    <>
      <span>{said("paging.left", { time: left })}</span> <span>{since}</span>
    </>
  );
}

/** Who comes back from a form has the focus where it was. */
function useBack(answer: Answer["answer"] | null) {
  const button = useRef<HTMLButtonElement>(null);
  const before = useRef(answer);
  useEffect(() => {
    if (before.current !== null && answer === null) button.current?.focus();
    before.current = answer;
  }, [answer]);
  return button;
}
