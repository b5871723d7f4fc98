import { useEffect, useState } from "preact/hooks";
import { mayBeSignedIn } from "../app/session.ts";
import { askWhether, inDemo } from "../demo/demo.ts";
import { Button } from "../design/Button.tsx";
import { later, Nothing } from "../design/later.tsx";
import { Mark } from "../design/Mark.tsx";
import type { Api } from "../http/api.ts";
import { t, type Word } from "../words/words.ts";
import { PasswordForm } from "./PasswordForm.tsx";
import { enter, offer, possible } from "./passkeys.ts";
import { mustEnrol, type Ways } from "./signin.ts";
import "./signin.css";
import "../words/more/signin.ts";

const DemoPeople = later(() => import("../demo/DemoPeople.tsx").then((file) => file.DemoPeople), Nothing);
const Hospitals = later(() => import("./OtherWays.tsx").then((file) => file.Hospitals), Nothing);
const Newcomer = later(() => import("./Newcomer.tsx").then((file) => file.Newcomer));
const Enrol = later(() => import("../security/Enrol.tsx").then((file) => file.Enrol));
const SetUp = later(() => import("./SetUp.tsx").then((file) => file.SetUp));

/** What the browser was asked holds for 5 minutes. */
const ANEW_MS = 240_000;

interface Props {
  api: Api;
  /** Who has to sign in again; anybody when absent. */
  handle?: string;
  says?: string;
  onIn: () => void;
}

type Instead = "enrol" | "newcomer" | "setup" | null;

/** A passkey, a hospital, or handle and password; in the demo its people, one tap each. `onIn`: the cookie is set. */
export function SignIn({ api, handle: known = "", says, onIn }: Props) {
  const [ways, setWays] = useState<Ways>();
  const [instead, setInstead] = useState<Instead>(arrivedNew() && !known ? "newcomer" : null);
  useEffect(() => void askWhether(api).then(setWays, () => undefined), [api]);
  const entered = async () => ((await mustEnrol(api)) ? setInstead("enrol") : onIn());
  useEffect(() => {
    if (mayBeSignedIn) void mustEnrol(api).then((must) => must && setInstead("enrol"));
  }, [api]);
  useAutofill(api, entered);
  const back = () => setInstead(null);
  if (instead === "enrol") return <Enrol api={api} onIn={onIn} />;
  if (instead === "newcomer") return <Newcomer api={api} onIn={home(onIn)} onBack={back} />;
  if (instead === "setup") return <SetUp api={api} onIn={() => void entered()} onBack={back} />;
  const demo = inDemo.value && !known;
  return (
    <main class="signin" id="content">
      <header class="signin-head">
        <Mark size={44} />
        <h1>{t("app.title")}</h1>
        <p>{says ?? t("signin.about")}</p>
      </header>
      {cameBack() && <p role="alert">{t(cameBack() as Word)}</p>}
      {demo && <DemoPeople api={api} onIn={onIn} />}
      {possible && <WithPasskey api={api} next={!demo} onIn={() => void entered()} />}
      {ways?.ways.includes("hospital") && <Hospitals api={api} />}
      {possible && !demo && <p class="demo-or">{t("signin.demo_or")}</p>}
      <PasswordForm api={api} known={known} first={!demo && !possible} onIn={() => void entered()} />
      {!known && !demo && (
        <Button look="bare" onClick={() => setInstead("setup")}>
          {t("signin.setup_code")}
        </Button>
      )}
      {!known && (
        <p class="signin-register">
          <a href="/register">{t("signin.register")}</a>
        </p>
      )}
      <p class="signin-advice">{t("signin.advice")}</p>
    </main>
  );
}

function WithPasskey({ api, next, onIn }: { api: Api; next: boolean; onIn: () => void }) {
  const [error, setError] = useState<string>();
  const go = async () => {
    const refused = await enter(api);
    setError(refused);
    if (refused === undefined) onIn();
  };
  return (
    <div class="signin-others">
      <Button look={next ? "next" : "plain"} onClick={() => void go()}>
        {t("signin.passkey")}
      </Button>
      {error && <p role="alert">{error}</p>}
    </div>
  );
}

function useAutofill(api: Api, onIn: () => Promise<void>): void {
  useEffect(() => {
    let over = new AbortController();
    const begin = () => {
      over.abort();
      over = new AbortController();
      void offer(api, over.signal, () => void onIn());
    };
    begin();
    const timer = setInterval(begin, ANEW_MS);
    return () => {
      clearInterval(timer);
      over.abort();
    };
  }, [api]);
}

/** What the address says of somebody who came back from their hospital. */
function cameBack(): Word | undefined {
  const how = new URLSearchParams(location.search).get("hospital");
  return how === "refused" ? "signin.hospital_refused" : how === "away" ? "signin.hospital_away" : undefined;
}

function arrivedNew(): boolean {
  return new URLSearchParams(location.search).get("hospital") === "new";
}

function home(onIn: () => void): () => void {
  return () => {
    history.replaceState(null, "", "/");
    onIn();
  };
}
