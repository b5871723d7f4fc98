import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { useLocation } from "../app/location.tsx";
import { Blank } from "../design/Blank.tsx";
import { later, Nothing } from "../design/later.tsx";
import type { Client } from "../live/client.ts";
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

const Interrupts = later(() => import("../reach/Interrupts.tsx").then((file) => file.Interrupts), Nothing);

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
  useOutcome(client.outbox, form, onOpened);
  const underway = unopened(client.outbox.waiting.value);
  const sent = underway.some((one) => one.state !== "refused");
  if (me.role === "observer") return <Denied />;
  if (sent && free(form) && !another.value)
    return <Kept client={client} underway={underway} onAnother={() => (another.value = true)} />;
  return (
    // What this deployment does comes as soon as somebody begins to write: on a narrow line the form comes first.
    <main class="page ask" onFocusIn={() => client.urgency.wanted()}>
      <Writing form={form} underway={underway} outbox={client.outbox} onSent={() => (another.value = false)}>
        {asks(form) && <Interrupts client={client} fields={form.fields.value} />}
      </Writing>
    </main>
  );
}

function deskOf({ outbox, urgency }: Client, me: Me, linked_to: string | null) {
  const { languages } = navigator;
  return { person: me.person, outbox, urgency, shelf: localStorage, languages, linked_to, now: Date.now, newId };
}

/** Whether it is said whom the case would interrupt: only then what tells of it is fetched. */
function asks({ fields }: AskForm): boolean {
  const { acuity, specialties } = fields.value;
  return acuity !== null && specialties.length > 0;
}

function Denied() {
  return (
    <main class="page">
      <Blank says={t("ask.observers_ask_not")} />
    </main>
  );
}
