import type { FunctionComponent } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { announce } from "../design/announce.ts";
import { later, Nothing, Over } from "../design/later.tsx";
import type { Notices, Told } from "../live/notices.ts";
import { heedTaps } from "../offline/going.ts";
import { asking } from "../security/proving.ts";
import { t } from "../words/words.ts";
import { useKeys } from "./keys.ts";
import { Lines } from "./Lines.tsx";
import { useLocation } from "./location.tsx";
import {
  ArchivedScreen,
  ArchiveScreen,
  AskScreen,
  type Given,
  RoomScreen,
  WorklistScreen,
  withoutId,
} from "./places.tsx";
import { TopBar } from "./TopBar.tsx";

const Elsewhere = later(() => import("./elsewhere.tsx").then((file) => file.Elsewhere));
const Menu = later(() => import("./Menu.tsx").then((file) => file.Menu), Over);
const KeysHelp = later(() => import("./KeysHelp.tsx").then((file) => file.KeysHelp), Over);
const ProofSheet = later(() => import("../security/ProofSheet.tsx").then((file) => file.ProofSheet), Over);
const Called = later(() => import("../paging/Called.tsx").then((file) => file.Called), Nothing);
const NoticesSheet = later(() => import("../moderation/NoticesSheet.tsx").then((file) => file.NoticesSheet), Over);

/** What stands at an address; at all others is what one seldom goes to, or nothing. */
const SCREENS: Readonly<Record<string, FunctionComponent<Given>>> = {
  "/": WorklistScreen,
  "/signin": WorklistScreen,
  "/register": WorklistScreen,
  "/ask": AskScreen,
  "/case/{id}": RoomScreen,
  "/archive": ArchiveScreen,
  "/archive/{id}": ArchivedScreen,
};

type Shown = "menu" | "keys" | "notices" | null;

/** Everything that one sees when signed in: the bar, what is away, and the screen of the address. */
export function Screens({ api, client, me, onSignOut }: Given & { onSignOut: () => Promise<string | undefined> }) {
  const [over, setOver] = useState<Shown>(null);
  const menu = useRef<HTMLButtonElement>(null);
  const { route } = useLocation();
  const mayAsk = me.role !== "observer";
  useGoing(mayAsk, () => setOver("keys"));
  useTold(client.notices);
  useEffect(() => heedTaps(route), [route]);
  const given = { api, client, me };
  return (
    <>
      <a class="skip" href="#content">
        {t("app.skip")}
      </a>
      <TopBar
        mayAsk={mayAsk}
        notices={client.notices}
        onNotices={() => setOver("notices")}
        onMenu={() => setOver("menu")}
        menu={menu}
      />
      {client.notices.all.value.some(isPage) && <Called api={api} client={client} me={me} />}
      <Lines client={client} />
      <Moved>
        <Screen {...given} />
      </Moved>
      {over === "menu" && (
        <Menu
          me={me}
          client={client}
          waiting={client.outbox.waiting.value.length}
          onNotices={() => setOver("notices")}
          onKeys={() => setOver("keys")}
          onAccount={() => {
            setOver(null);
            route("/account");
          }}
          onSignOut={onSignOut}
          onClose={() => setOver(null)}
        />
      )}
      {over === "notices" && <NoticesSheet notices={client.notices} menu={menu} onClose={() => setOver(null)} />}
      {asking.value && <ProofSheet api={api} onDone={asking.value} />}
      {over === "keys" && <KeysHelp onClose={() => setOver(null)} />}
    </>
  );
}

function Screen(given: Given) {
  const { path } = useLocation();
  const Found = SCREENS[path] ?? SCREENS[withoutId(path)] ?? Elsewhere;
  return <Found {...given} />;
}

function isPage({ kind }: Told): boolean {
  return kind === "page";
}

/** Who listens is told once of what is new; pages say so themselves. */
function useTold(notices: Notices): void {
  const count = notices.all.value.filter((told) => !isPage(told)).length;
  useEffect(() => {
    const unseen = notices.unseen.peek().filter((told) => !isPage(told)).length;
    if (unseen > 0) announce(t("app.notices_unseen", { count: unseen }));
  }, [count]);
}

function useGoing(mayAsk: boolean, help: () => void): void {
  const { route } = useLocation();
  useKeys({
    "?": help,
    w: () => route("/"),
    v: () => route("/archive"),
    c: () => mayAsk && route("/ask"),
  });
}

/** Another screen begins at its top, with the focus on it, so that a screen reader reads on from there. */
function Moved({ children }: { children: preact.ComponentChildren }) {
  const { path } = useLocation();
  const place = useRef<HTMLDivElement>(null);
  const first = useRef(true);
  useLayoutEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    scrollTo(0, 0);
    place.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <div ref={place} id="content" class="content" tabIndex={-1}>
      {children}
    </div>
  );
}
