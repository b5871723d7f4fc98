import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../design/Button.tsx";
import { later, Over } from "../../design/later.tsx";
import type { Api } from "../../http/api.ts";
import type { Client } from "../../live/client.ts";
import type { Me } from "../../wire/frames.ts";
import { t, type Word } from "../../words/words.ts";
import type { RoomStore } from "../store/store.ts";
import { type Act, actsOf } from "./acts.ts";
import type { ActProps } from "./CloseSheet.tsx";
import "./acts.css";
import "../../words/more/room.ts";

const PageSheet = later(() => import("../paging/PageSheet.tsx").then((file) => file.PageSheet), Over);
const CloseSheet = later(() => import("./CloseSheet.tsx").then((file) => file.CloseSheet), Over);
const ObserversSheet = later(() => import("./ObserversSheet.tsx").then((file) => file.ObserversSheet), Over);
const OpineSheet = later(() => import("../opinions/OpineSheet.tsx").then((file) => file.OpineSheet), Over);
const VitalsSheet = later(() => import("../vitals/VitalsSheet.tsx").then((file) => file.VitalsSheet), Over);
const ReviseSheet = later(() => import("../vitals/ReviseSheet.tsx").then((file) => file.ReviseSheet), Over);
const WidenSheet = later(() => import("./WidenSheet.tsx").then((file) => file.WidenSheet), Over);
const HandOverSheet = later(() => import("../plan/HandOverSheet.tsx").then((file) => file.HandOverSheet), Over);
const LeadSheet = later(() => import("../plan/LeadSheet.tsx").then((file) => file.LeadSheet), Over);
const OutcomeSheet = later(() => import("../../outcome/OutcomeOfRoom.tsx").then((file) => file.OutcomeOfRoom), Over);
const HandoverSheet = later(() => import("../../handover/HandoverSheet.tsx").then((file) => file.HandoverSheet), Over);
const LooksSheet = later(() => import("./LooksSheet.tsx").then((file) => file.LooksSheet), Over);

type Given = ActProps & { api: Pick<Api, "get"> };

const ACTS = [
  { act: "opine", word: "room.do_opine", Over: OpineSheet },
  { act: "vitals", word: "room.do_vitals", Over: VitalsSheet },
  { act: "revise", word: "room.do_revise", Over: ReviseSheet },
  { act: "page", word: "room.do_page", Over: PageSheet },
  { act: "hand_over", word: "room.do_hand_over", Over: HandOverSheet },
  { act: "lead", word: "room.do_lead", Over: LeadSheet },
  {
    act: "handover",
    word: "room.do_handover",
    Over: ({ store, onClose }) => <HandoverSheet room={store.id} onClose={onClose} />,
  },
  { act: "close", word: "room.do_close", Over: CloseSheet },
  { act: "observers", word: "room.do_observers", Over: ObserversSheet },
  { act: "widen", word: "room.do_widen", Over: WidenSheet },
  { act: "outcome", word: "room.do_outcome", Over: OutcomeSheet },
  {
    act: "looks",
    word: "room.do_looks",
    Over: ({ api, store, onClose }) => <LooksSheet api={api} room={store.id} onClose={onClose} />,
  },
] satisfies { act: Act; word: Word; Over: (props: Given) => unknown }[];

interface Props {
  api: Pick<Api, "get">;
  store: RoomStore;
  client: Client;
  me: Me;
  onLeave: () => void;
}

/** What one may do with the room itself. Those who may not are shown the way out only. */
export function RoomActions({ api, store, client, me, onLeave }: Props) {
  const [open, setOpen] = useState<Act | null>(null);
  const may = actsOf(store.seat.value, store.card.value, me, store.case.value?.acuity);
  const group = useKeptFocus(open);
  const leave = () => {
    store.leave();
    onLeave();
  };
  const over = ACTS.find(({ act }) => act === open);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields.
    <div ref={group} class="acts" role="group" aria-label={t("room.do_title")} tabIndex={-1}>
      {ACTS.filter(({ act }) => may[act]).map(({ act, word }) => (
        <Button key={act} aria-haspopup="dialog" onClick={() => setOpen(act)}>
          {t(word)}
        </Button>
      ))}
      <Button onClick={leave}>{t("room.do_leave")}</Button>
      {over && <over.Over api={api} store={store} client={client} me={me} onClose={() => setOpen(null)} />}
    </div>
  );
}

/** The button that opened a sheet may be gone when it closes: then the focus stays with the others. */
function useKeptFocus(open: string | null) {
  const group = useRef<HTMLDivElement>(null);
  const before = useRef(open);
  useEffect(() => {
    const closed = before.current !== null && open === null;
    before.current = open;
    if (closed && document.activeElement === document.body) group.current?.focus();
  }, [open]);
  return group;
}
