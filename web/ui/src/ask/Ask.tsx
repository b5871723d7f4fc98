import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { useLocation } from "preact-iso";
import { Blank } from "../design/Blank.tsx";
import type { Client } from "../live/client.ts";
import { Interrupts } from "../reach/Interrupts.tsx";
import type { Me } from "../wire/frames.ts";
import { newId } from "../wire/ids.ts";
import { t } from "../words/words.ts";
import { unopened } from "../worklist/unopened.ts";
import { AskForm, free } from "./form.ts";
import { Kept } from "./Kept.tsx";
import { useOutcome } from "./outcome.ts";
import { Writing } from "./Writing.tsx";
import "./ask.css";
import "../words/more/ask.ts";

interface Props {
  client: Client;
  me: Me;
  /** The case is open, in this room. */
  onOpened: (room: string) => void;
}

/** Write a case and open it; without a line it waits, and says so. `?linked_to=` names the case it goes on from. */
export function Ask({ client, me, onOpened }: Props) {
  const linked_to = useLocation().query["linked_to"] ?? null;
  const form = useMemo(() => new AskForm(deskOf(client, me, linked_to)), [client, me.person, linked_to]);
  const another = useSignal(false);
  useEffect(() => client.urgency.wanted(), [client]);
  useOutcome(client.outbox, form, onOpened);
  const underway = unopened(client.outbox.waiting.value);
  const sent = underway.some((one) => one.state !== "refused");
  if (me.role === "observer") return <Denied />;
  if (sent && free(form) && !another.value)
    return <Kept client={client} underway={underway} onAnother={() => (another.value = true)} />;
  return (
    <main class="page ask">
      <Writing form={form} underway={underway} outbox={client.outbox} onSent={() => (another.value = false)}>
        <Interrupts client={client} fields={form.fields.value} />
      </Writing>
    </main>
  );
}

function deskOf({ outbox, urgency }: Client, me: Me, linked_to: string | null) {
  const { languages } = navigator;
  return { person: me.person, outbox, urgency, shelf: localStorage, languages, linked_to, now: Date.now, newId };
}

function Denied() {
  return (
    <main class="page">
      <Blank says={t("ask.observers_ask_not")} />
    </main>
  );
}
