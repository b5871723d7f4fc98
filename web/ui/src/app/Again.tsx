import { useEffect, useState } from "preact/hooks";
import { Sheet } from "../design/Sheet.tsx";
import type { Api } from "../http/api.ts";
import type { Client } from "../live/client.ts";
import { SignIn } from "../signin/SignIn.tsx";
import type { Me } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import { openFor, provedMeanwhile } from "./again.ts";
import { unlock } from "./idle.ts";
import { SignOut } from "./SignOut.tsx";
import "../words/more/menu.ts";

interface Props {
  api: Api;
  client: Client;
  me: Me;
  /** The sign-in ended; else nobody was here for a while. */
  expired: boolean;
  onSignOut: () => Promise<string | undefined>;
}

/** Over the screens: prove again who you are, or leave. */
export function Again({ api, client: { link, outbox }, me, expired, onSignOut }: Props) {
  const [refused, setRefused] = useState<string>();
  const up = link.state.value.is === "up";
  const open = () => {
    unlock();
    link.retryNow();
  };
  const enter = () => void openFor(api, me.person, open).then(setRefused);
  useEffect(() => {
    if (up) void provedMeanwhile(api, link).then((proved) => proved && enter());
  }, [up]);
  const foot = (
    <>
      {refused && (
        <p class="signout-says" role="alert">
          {refused}
        </p>
      )}
      <SignOut waiting={outbox.waiting.value.length} onSignOut={onSignOut} />
    </>
  );
  return (
    <Sheet title={t("app.sign_in")} foot={foot}>
      <SignIn api={api} handle={me.handle} says={t(expired ? "menu.expired" : "menu.locked")} onIn={enter} />
    </Sheet>
  );
}
