import { useErrorBoundary } from "preact/hooks";
import { announced } from "../design/announce.ts";
import { Button } from "../design/Button.tsx";
import { later, Over } from "../design/later.tsx";
import { Shape } from "../design/Shape.tsx";
import type { Api } from "../http/api.ts";
import type { Client } from "../live/client.ts";
import type { Me } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import { locked, unlock } from "./idle.ts";
import { Lines } from "./Lines.tsx";
import { LocationProvider, useLocation } from "./location.tsx";
import { RegisterScreen } from "./places.tsx";
import { Screens } from "./Screens.tsx";
import { forget, type Session } from "./session.ts";
import "./app.css";

const Again = later(() => import("./Again.tsx").then((file) => file.Again), Over);
const SignIn = later(() => import("../signin/SignIn.tsx").then((file) => file.SignIn));

interface Props {
  api: Api;
  client: Client;
  session: { readonly value: Session };
  /** Leave this device to the next. A sentence where that could not be. */
  onSignOut: (me: Me) => Promise<string | undefined>;
}

/** The page: sign-in, or the screens; the sign-in form over them when it ended meanwhile. */
export function App({ api, client, session, onSignOut }: Props) {
  const [broken] = useErrorBoundary();
  const { value: now } = session;
  if (broken) return <Broken />;
  return (
    <LocationProvider>
      {now.is === "unknown" && <Coming client={client} />}
      {now.is === "out" && <Entrance api={api} onIn={() => begin(client)} />}
      {"me" in now && (
        <div class={asksAgain(now) ? "masked" : "screens"}>
          <Screens api={api} client={client} me={now.me} onSignOut={() => onSignOut(now.me)} />
        </div>
      )}
      {asksAgain(now) && (
        <Again
          key={now.me.person}
          api={api}
          client={client}
          me={now.me}
          expired={now.is === "expired"}
          onSignOut={() => onSignOut(now.me)}
        />
      )}
      <div class="quiet" role="status">
        {announced.value}
      </div>
    </LocationProvider>
  );
}

/** Who left the page to itself, or whose sign-in ended, proves who they are before anything is seen again. */
function asksAgain(now: Session): now is Extract<Session, { me: Me }> {
  return now.is === "expired" || (now.is === "in" && locked.value);
}

/** Whoever came in may be another than who was here last: nothing is shown until the server says who it is. */
function begin({ link }: Client): void {
  forget();
  unlock();
  link.retryNow();
}

/** Where one comes in: signs in, or registers. */
function Entrance({ api, onIn }: { api: Api; onIn: () => void }) {
  const { path, route } = useLocation();
  const registered = () => {
    route("/verification", true);
    onIn();
  };
  return path === "/register" ? <RegisterScreen api={api} onIn={registered} /> : <SignIn api={api} onIn={onIn} />;
}

function Coming({ client }: { client: Client }) {
  return (
    <>
      <Lines client={client} />
      <main class="page">
        <Shape rows={4} />
      </main>
    </>
  );
}

function Broken() {
  return (
    <main class="page">
      <p role="alert">{t("app.broken")}</p>
      <Button look="next" onClick={() => location.reload()}>
        {t("app.reload")}
      </Button>
    </main>
  );
}
