import { useEffect, useMemo } from "preact/hooks";
import type { Client } from "../live/client.ts";
import type { Me, OutcomeGiven } from "../wire/frames.ts";
import { OutcomeSheet } from "./OutcomeSheet.tsx";

interface Props {
  id: string;
  client: Client;
  me: Me;
  before: OutcomeGiven | null;
  onRecorded: () => void;
  onClose: () => void;
}

/** The sheet over an archived case: its room takes outcomes still, so it is entered for as long. */
export function OutcomeOfArchive({ id, client, ...rest }: Props) {
  const store = useMemo(() => client.room(id, "contribute"), [client, id]);
  useEffect(() => () => client.forget(id), [client, id]);
  return <OutcomeSheet store={store} client={client} {...rest} />;
}
