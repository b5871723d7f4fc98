import { useEffect, useMemo } from "preact/hooks";
import type { Api } from "../http/api.ts";
import { t } from "../words/words.ts";
import { Authenticator } from "./Authenticator.tsx";
import { OwnHospitals } from "./OwnHospitals.tsx";
import { Passkeys } from "./Passkeys.tsx";
import { SessionList } from "./SessionList.tsx";
import { SecurityStore } from "./security.ts";
import { Tokens } from "./Tokens.tsx";
import "./security.css";
import "../words/more/security.ts";

/** One's own sign-in: with what, where from, and for which programs. */
export function Security({ api }: { api: Api }) {
  const store = useMemo(() => new SecurityStore(api), [api]);
  useEffect(() => void store.read(), [store]);
  return (
    <main class="page security">
      <h1>{t("security.title")}</h1>
      <Wrong store={store} />
      {store.has.value && (
        <>
          <Passkeys store={store} has={store.has.value} />
          <Authenticator store={store} has={store.has.value} />
          <OwnHospitals store={store} has={store.has.value} />
          <SessionList store={store} />
          <Tokens store={store} />
        </>
      )}
    </main>
  );
}

/** What was refused last. */
export function Wrong({ store }: { store: SecurityStore }) {
  const error = store.error.value;
  return error ? (
    <p class="security-wrong" role="alert">
      {error}
    </p>
  ) : null;
}
