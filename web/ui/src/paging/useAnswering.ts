import { useEffect, useState } from "preact/hooks";
import { useLocation } from "../app/location.tsx";
import { announce } from "../design/announce.ts";
import type { Client } from "../live/client.ts";
import { t } from "../words/words.ts";
import { type Answer, give, onRecord } from "./answering.ts";
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
  useEffect(() => {
    if (!sent) return;
    const { call, id, answer } = sent;
    return onRecord(client, id, () => {
      setSent(undefined);
      calls.putAway(call.notice);
      if (answer === "accept") route(`/case/${call.room}`);
      else announce(t("paging.declined"));
    });
  }, [sent]);
  const send = async (call: Call, answer: Answer) => {
    setSent(undefined);
    setSent({ call, id: await give(client, call, answer), answer: answer.answer });
  };
  return { send, sent };
}
