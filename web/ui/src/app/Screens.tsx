import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Route, Router, useLocation } from "preact-iso";
import { announce } from "../design/announce.ts";
import { later, Nothing, Over } from "../design/later.tsx";
import { seesFigures } from "../insights/sight.ts";
import type { Notices, Told } from "../live/notices.ts";
import { heedTaps } from "../offline/going.ts";
import { asking } from "../security/proving.ts";
import { verifiable } from "../verification/types.ts";
import type { Me } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import { useKeys } from "./keys.ts";
import { Lines } from "./Lines.tsx";
import {
  AccountScreen,
  AgreementScreen,
  ArchivedScreen,
  ArchiveScreen,
  AskScreen,
  AwardsScreen,
  CredibilityScreen,
  type Given,
  InsightsScreen,
  InstitutionsScreen,
  InterestsScreen,
  ModerationScreen,
  NowhereScreen,
  OwnSanctionsScreen,
  OwnVerificationScreen,
  QueueScreen,
  ReachScreen,
  RoomScreen,
  RostersScreen,
  WorklistScreen,
} from "./places.tsx";
import { TopBar } from "./TopBar.tsx";

const Menu = later(() => import("./Menu.tsx").then((file) => file.Menu), Over);
const KeysHelp = later(() => import("./KeysHelp.tsx").then((file) => file.KeysHelp), Over);
const ProofSheet = later(() => import("../security/ProofSheet.tsx").then((file) => file.ProofSheet), Over);
const Called = later(() => import("../paging/Called.tsx").then((file) => file.Called), Nothing);
const NoticesSheet = later(() => import("../moderation/NoticesSheet.tsx").then((file) => file.NoticesSheet), Over);

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
        <Router>
          <Route path="/" component={WorklistScreen} {...given} />
          <Route path="/signin" component={WorklistScreen} {...given} />
          <Route path="/ask" component={AskScreen} {...given} />
          <Route path="/case/:id" component={RoomScreen} {...given} />
          <Route path="/account" component={AccountScreen} {...given} />
          <Route path="/archive" component={ArchiveScreen} {...given} />
          <Route path="/archive/:id" component={ArchivedScreen} {...given} />
          <Route path="/moderation" component={moderates(me) ? ModerationScreen : NowhereScreen} {...given} />
          <Route path="/sanctions" component={OwnSanctionsScreen} {...given} />
          <Route path="/verification" component={verifiable(me) ? OwnVerificationScreen : NowhereScreen} {...given} />
          <Route path="/moderation/verifications" component={queueOf(me)} {...given} />
          <Route path="/register" component={WorklistScreen} {...given} />
          <Route path="/agreement" component={AgreementScreen} {...given} />
          <Route path="/institutions" component={InstitutionsScreen} {...given} />
          <Route path="/reach" component={ReachScreen} {...given} />
          <Route path="/interests" component={verifiable(me) ? InterestsScreen : NowhereScreen} {...given} />
          <Route path="/rosters" component={RostersScreen} {...given} />
          <Route path="/awards" component={mayAsk ? AwardsScreen : NowhereScreen} {...given} />
          <Route path="/insights" component={seesFigures(me) ? InsightsScreen : NowhereScreen} {...given} />
          <Route path="/credibility" component={verifiable(me) ? CredibilityScreen : NowhereScreen} {...given} />
          <Route path="/credibility/:id" component={seesFigures(me) ? CredibilityScreen : NowhereScreen} {...given} />
          <Route default component={NowhereScreen} />
        </Router>
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

function moderates(me: Me): boolean {
  return me.role === "moderator";
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

/** The queue is there for moderators only. */
function queueOf(me: Me) {
  return me.role === "moderator" ? QueueScreen : NowhereScreen;
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
