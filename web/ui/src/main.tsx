import { effect } from "@preact/signals";
import { render } from "preact";
import "./design/tokens.css";
import "./design/base.css";
import { App } from "./app/App.tsx";
import { watchIdle } from "./app/idle.ts";
import { announceLine } from "./app/line.ts";
import { last, mayBeSignedIn, remember, sessionOf } from "./app/session.ts";
import { show } from "./app/theme.ts";
import { tick } from "./design/tick.ts";
import { Api } from "./http/api.ts";
import { openClient } from "./live/open.ts";
import { keepPage } from "./offline/register.ts";
import { proven } from "./security/proving.ts";
import type { Me } from "./wire/frames.ts";
import { thisBrowser } from "./wire/surroundings.ts";
import { direction, locale } from "./words/locale.ts";
import { t } from "./words/words.ts";

const browser = thisBrowser();
const api = new Api(browser, proven);
const client = openClient(browser, api, mayBeSignedIn, last?.person);
const session = sessionOf(client.link);

document.documentElement.lang = locale;
document.documentElement.dir = direction;
show();
// The server's time becomes known, or better known, when the line comes up.
tick(() => client.link.now(), client.link.state);
effect(() => {
  if (client.link.me.value) remember(client.link.me.value);
});

announceLine(client.link);
watchIdle(api, () => session.peek().is === "in");
keepPage();
// Where there is no worker that keeps the whole page.
if (!("serviceWorker" in navigator))
  import("./offline/ahead.ts").then(
    (file) => file.fetchAhead(),
    () => undefined,
  );

const root = document.getElementById("app");
if (root) render(<App api={api} client={client} session={session} onSignOut={leave} />, root);

async function leave({ person }: Me): Promise<string | undefined> {
  const leaving = await import("./app/leaving.ts").catch(() => null);
  return leaving ? leaving.leave(api, client, person) : t("common.unreachable");
}
