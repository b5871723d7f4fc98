/** Each screen to which one often goes, as its address makes it: which store it reads, and what the window is called. */

import { later } from "../design/later.tsx";
import type { Api } from "../http/api.ts";
import type { Client } from "../live/client.ts";
import { prepareRooms } from "../live/rooms.ts";
import { prepareWorklists } from "../live/worklists.ts";
import type { Me } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import { useLocation } from "./location.tsx";
import { useTitle } from "./useTitle.ts";

const OpenCases = later(async () => {
  const [View] = await Promise.all([import("./OpenCases.tsx").then((file) => file.OpenCases), prepareWorklists()]);
  return View;
});
const Ask = later(() => import("../ask/Ask.tsx").then((file) => file.Ask));
const ArchiveList = later(() => import("../archive/ArchiveList.tsx").then((file) => file.ArchiveList));
const ArchivedCase = later(() => import("../archive/ArchivedCase.tsx").then((file) => file.ArchivedCase));
const ObserverHome = later(() => import("../observer/ObserverHome.tsx").then((file) => file.ObserverHome));

/** What every screen may use. */
export interface Given {
  api: Api;
  client: Client;
  me: Me;
}

export function WorklistScreen(given: Given) {
  const list = <OpenCases {...given} />;
  return given.me.role === "observer" ? <ObserverHome api={given.api}>{list}</ObserverHome> : list;
}

export function AskScreen({ client, me }: Given) {
  const { route } = useLocation();
  useTitle(t("app.ask"));
  return <Ask client={client} me={me} onOpened={(room: string) => route(`/case/${room}`, true)} />;
}

/** What a room is made of comes with its screen: who asks for help needs none of it. */
export const RoomScreen = later(async () => {
  const [View] = await Promise.all([import("./RoomScreen.tsx").then((file) => file.RoomScreen), prepareRooms()]);
  return View;
});

export function ArchiveScreen({ api }: Given) {
  useTitle(t("app.archive"));
  return <ArchiveList api={api} />;
}

export function ArchivedScreen({ api, client, me }: Given) {
  const { path } = useLocation();
  useTitle(t("app.archive"));
  return <ArchivedCase api={api} client={client} id={idOf(path)} me={me} />;
}

/** For those who have no account. */
export const RegisterScreen = later(() => import("../verification/Register.tsx").then((file) => file.Register));

/** An address without the case or person that it names: `/case/{id}`. */
export function withoutId(path: string): string {
  return path.replace(/^(\/[^/]+\/)[^/]+$/, "$1{id}");
}

/** Which case or person an address names; nothing where it names none. */
export function idOf(path: string): string {
  return decodeURIComponent(path.split("/")[2] ?? "");
}
