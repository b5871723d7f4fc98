import { useEffect, useMemo } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { Mark } from "../design/Mark.tsx";
import type { Api } from "../http/api.ts";
import { possible } from "../signin/passkeys.ts";
import { t } from "../words/words.ts";
import { Authenticator } from "./Authenticator.tsx";
import { Passkeys } from "./Passkeys.tsx";
import { ProofSheet } from "./ProofSheet.tsx";
import { asking } from "./proving.ts";
import { Wrong } from "./Security.tsx";
import { SecurityStore } from "./security.ts";
import "../words/more/security.ts";

/** Where a second factor is required: it is set up before anything else. */
export function Enrol({ api, onIn }: { api: Api; onIn: () => void }) {
  const store = useMemo(() => new SecurityStore(api, true), [api]);
  useEffect(() => void store.read(), [store]);
  const has = store.has.value;
  const ready = has !== null && (has.passkeys.length > 0 || has.authenticator);
  return (
    <main class="page security" id="content">
      <header class="signin-head">
        <Mark size={44} />
        <h1>{t("security.enrol")}</h1>
        <p>{t(possible ? "security.enrol_about" : "security.enrol_app")}</p>
      </header>
      <Wrong store={store} />
      {asking.value && <ProofSheet api={api} onDone={asking.value} />}
      {has && possible && <Passkeys store={store} has={has} />}
      {has && <Authenticator store={store} has={has} />}
      <Button look={ready ? "next" : "plain"} disabled={!ready} onClick={onIn}>
        {t("security.enrol_go")}
      </Button>
    </main>
  );
}
