import { useEffect, useState } from "preact/hooks";
import { useLocation } from "../app/location.tsx";
import { announce } from "../design/announce.ts";
import type { Client } from "../live/client.ts";
import { t } from "../words/words.ts";
import { type Answer, give, isRecorded } from "./answering.ts";
import type { Call, Calls } from "./calls.ts";
import "../words/more/paging.ts";

interface Sent {
  readonly call: Call;
  readonly id: string;
  readonly answer: Answer["answer"];
}

/** Sends answers. Once one is on record its call goes, and who has taken the case is brought into it. */
export function useAnswering(client: Client, calls: Calls) {
  const [sent, setSent] = useState<Sent>();
  const { route } = useLocation();
  const recorded = isRecorded(client, sent?.id);
  useEffect(() => {
    if (!recorded || !sent) return;
    setSent(undefined);
    calls.putAway(sent.call.notice);
    if (sent.answer === "accept") route(`/case/${sent.call.room}`);
    else announce(t("paging.declined"));
  }, [recorded]);
  const send = async (call: Call, answer: Answer) => {
    setSent(undefined);
    setSent({ call, id: await give(client, call, answer), answer: answer.answer });
  };
  return { send, sent };
}
