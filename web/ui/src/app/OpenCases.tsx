import { useEffect, useMemo } from "preact/hooks";
import { filter, recall, wishOf } from "../worklist/filter.ts";
import { Worklist } from "../worklist/Worklist.tsx";
import type { Given } from "./places.tsx";

/** The worklist as its filter makes it. */
export function OpenCases({ api, client, me }: Given) {
  recall(me.person);
  const wish = wishOf(filter.value);
  const store = useMemo(() => client.watch(wish), [client, JSON.stringify(wish)]);
  useEffect(() => () => store.close(), [store]);
  const { notices, outbox } = client;
  return <Worklist {...{ api, notices, store, outbox, me }} mayAsk={me.role !== "observer"} />;
}
