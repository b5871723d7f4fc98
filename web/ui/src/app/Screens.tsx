import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Route, Router, useLocation } from "preact-iso";
import { asking } from "../security/proving.ts";
import { verifiable } from "../verification/types.ts";
import type { Me } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import { KeysHelp } from "./KeysHelp.tsx";
import { useKeys } from "./keys.ts";
import { Lines } from "./Lines.tsx";
import { later } from "./later.tsx";
import { Menu } from "./Menu.tsx";
import {
  AccountScreen,
  AgreementScreen,
  ArchivedScreen,
  ArchiveScreen,
  AskScreen,
  type Given,
  InstitutionsScreen,
  NowhereScreen,
  OwnVerificationScreen,
  QueueScreen,
  RoomScreen,
  WorklistScreen,
} from "./places.tsx";
import { TopBar } from "./TopBar.tsx";

const ProofSheet = later(() => import("../security/ProofSheet.tsx").then((file) => file.ProofSheet));

type Over = "menu" | "keys" | null;

/** Everything that one sees when signed in: the bar, what is away, and the screen of the address. */
export function Screens({ api, client, me, onSignOut }: Given & { onSignOut: () => Promise<string | undefined> }) {
  const [over, setOver] = useState<Over>(null);
  const { route } = useLocation();
  const mayAsk = me.role !== "observer";
  useGoing(mayAsk, () => setOver("keys"));
  const given = { api, client, me };
  return (
    <>
      <a class="skip" href="#content">
        {t("app.skip")}
      </a>
      <TopBar mayAsk={mayAsk} onMenu={() => setOver("menu")} />
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
          <Route path="/verification" component={verifiable(me) ? OwnVerificationScreen : NowhereScreen} {...given} />
          <Route path="/moderation/verifications" component={queueOf(me)} {...given} />
          <Route path="/register" component={WorklistScreen} {...given} />
          <Route path="/agreement" component={AgreementScreen} {...given} />
          <Route path="/institutions" component={InstitutionsScreen} {...given} />
          <Route default component={NowhereScreen} />
        </Router>
      </Moved>
      {over === "menu" && (
        <Menu
          me={me}
          waiting={client.outbox.waiting.value.length}
          onKeys={() => setOver("keys")}
          onAccount={() => {
            setOver(null);
            route("/account");
          }}
          onSignOut={onSignOut}
          onClose={() => setOver(null)}
        />
      )}
      {asking.value && <ProofSheet api={api} onDone={asking.value} />}
      {over === "keys" && <KeysHelp onClose={() => setOver(null)} />}
    </>
  );
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
