import { useEffect, useMemo, useState } from "preact/hooks";
import { later, Over } from "../design/later.tsx";
import type { Api } from "../http/api.ts";
import type { Client } from "../live/client.ts";
import type { Me } from "../wire/frames.ts";
import { CaseBand } from "./case/CaseBand.tsx";
import { CaseSheet } from "./case/CaseSheet.tsx";
import { CaseZone } from "./case/CaseZone.tsx";
import { deskOf } from "./desk.ts";
import { PeopleCount } from "./people/PeopleCount.tsx";
import { PeopleSheet } from "./people/PeopleSheet.tsx";
import { PeopleZone } from "./people/PeopleZone.tsx";
import { RoomActions } from "./people/RoomActions.tsx";
import { useAsked } from "./people/useAsked.ts";
import { RoomTalk } from "./RoomTalk.tsx";
import type { RoomStore } from "./store/store.ts";
import { useAnnouncements } from "./useAnnouncements.ts";
import { useWide } from "./useWide.ts";
import "./room.css";

const Outcome = later(() => import("../outcome/OutcomeOfRoom.tsx").then((file) => file.OutcomeOfRoom), Over);

interface Props {
  api: Pick<Api, "get" | "post">;
  store: RoomStore;
  client: Client;
  me: Me;
  /** One has left for good. */
  onLeave: () => void;
}

/** A case, its live consult, and who is there: side by side, or the consult with the others one tap away. */
export function Room({ api, store, client, me, onLeave }: Props) {
  // Another desk would read the draft as it was kept last, without what was typed since.
  const desk = useMemo(() => deskOf(store, client, me), [store, client, me.person]);
  const [over, setOver] = useState<"case" | "people" | null>(null);
  const [asked, leaveAsked] = useAsked(store, me);
  const wide = useWide();
  const closed = store.card.value?.status === "closed";
  useAnnouncements(desk);
  // How it ended is what one wants to see then.
  useEffect(() => setOver(null), [closed]);
  useEffect(() => () => store.visit(), [store]);
  const given = { store, client, me };
  const onJump = (id: string) => {
    desk.wanted.value = id;
  };
  const close = () => setOver(null);
  // Of a case that one may not enter nothing is known, and nothing comes.
  if (store.seat.value.is === "refused" && !store.card.value) {
    return (
      <main class="room room-alone">
        <RoomTalk desk={desk} api={api} />
      </main>
    );
  }
  const actions = <RoomActions {...given} api={api} onLeave={onLeave} />;
  return (
    <main class={wide ? "room room-wide" : "room"}>
      {wide ? (
        <div class="room-case">
          <CaseZone {...given} onJump={onJump} />
        </div>
      ) : (
        <div class="room-band">
          <CaseBand store={store} onOpen={() => setOver("case")} />
          <PeopleCount store={store} onOpen={() => setOver("people")} />
        </div>
      )}
      <RoomTalk desk={desk} api={api} />
      {wide && (
        <div class="room-people">
          <PeopleZone {...given} api={api} />
          {actions}
        </div>
      )}
      {!wide && over === "case" && (
        <CaseSheet {...given} onJump={onJump} onClose={close}>
          {actions}
        </CaseSheet>
      )}
      {!wide && over === "people" && (
        <PeopleSheet {...given} api={api} onClose={close}>
          {actions}
        </PeopleSheet>
      )}
      {asked && <Outcome {...given} onClose={leaveAsked} />}
    </main>
  );
}
