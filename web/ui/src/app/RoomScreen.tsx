import { useEffect, useMemo } from "preact/hooks";
import { inDemo } from "../demo/demo.ts";
import { later } from "../design/later.tsx";
import { Room } from "../room/Room.tsx";
import type { Me } from "../wire/frames.ts";
import { useLocation } from "./location.tsx";
import { type Given, idOf } from "./places.tsx";
import { useTitle } from "./useTitle.ts";

const DemoBar = later(() => import("../demo/DemoBar.tsx").then((file) => file.DemoBar));

/** A room as its address makes it. */
export function RoomScreen({ api, client, me }: Given) {
  const { path, query, route } = useLocation();
  const id = idOf(path);
  const follows = query["as"] === "follow";
  const store = useMemo(() => client.room(id, seatOf(me, follows)), [client, id]);
  const seat = store.seat.value;
  const steppedUp = follows && "as" in seat && seat.as === "contribute";
  // Loading the page again must not take back a step up.
  useEffect(() => {
    if (steppedUp) route(`/case/${id}`, true);
  }, [steppedUp]);
  useEffect(() => () => client.forget(id), [client, id]);
  useTitle(store.case.value?.title);
  return (
    <>
      {inDemo.value && <DemoBar api={api} room={id} onMoved={(room) => route(`/case/${room}`)} />}
      <Room key={id} api={api} store={store} me={me} client={client} onLeave={() => route("/")} />
    </>
  );
}

/** As what to enter; observers have no choice. */
function seatOf(me: Me, follows: boolean): "contribute" | "follow" | undefined {
  if (me.role === "observer") return undefined;
  return follows ? "follow" : "contribute";
}
