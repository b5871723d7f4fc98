import { useEffect, useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { Sheet } from "../design/Sheet.tsx";
import type { Api } from "../http/api.ts";
import { prove } from "../signin/newPasskeys.ts";
import { possible } from "../signin/passkeys.ts";
import { refusal } from "../signin/signin.ts";
import { t } from "../words/words.ts";
import type { Security } from "./security.ts";
import "../words/more/security.ts";
import "../words/more/signin.ts";

/** Asks once more who one is, with what one has. */
export function ProofSheet({ api, onDone }: { api: Api; onDone: (proved: boolean) => void }) {
  const [has, setHas] = useState<Security>();
  const [wish, setWish] = useState({ password: "", code: "" });
  const [error, setError] = useState<string>();
  useEffect(() => void refusal(async () => setHas(await api.get<Security>("/api/security"))).then(setError), [api]);
  const finished = (refused: string | undefined) => {
    setError(refused);
    if (refused === undefined) onDone(true);
  };
  const withPassword = async (event: Event) => {
    event.preventDefault();
    const { password, code } = wish;
    const proof = has?.authenticator ? { password, code } : { password };
    finished(await refusal(() => api.post("/api/sessions/current/proof", proof)));
  };
  return (
    <Sheet title={t("security.proof")} onClose={() => onDone(false)}>
      <div class="security-proof">
        <p>{t("security.proof_about")}</p>
        {has && possible && has.passkeys.length > 0 && (
          <Button look="next" onClick={() => void prove(api).then(finished)}>
            {t("signin.passkey")}
          </Button>
        )}
        {has?.password && (
          <form class="signin-form" onSubmit={withPassword} noValidate>
            <Field
              label={t("signin.password")}
              name="password"
              type="password"
              autocomplete="current-password"
              value={wish.password}
              error={has.authenticator ? undefined : error}
              onInput={(event) => setWish({ ...wish, password: event.currentTarget.value })}
            />
            {has.authenticator && (
              <Field
                label={t("signin.code")}
                name="code"
                autocomplete="one-time-code"
                value={wish.code}
                error={error}
                onInput={(event) => setWish({ ...wish, code: event.currentTarget.value })}
              />
            )}
            <Button look={possible && has.passkeys.length > 0 ? "plain" : "next"} type="submit">
              {t("security.prove")}
            </Button>
          </form>
        )}
        {has && !has.password && has.passkeys.length === 0 && <p>{t("security.proof_hospital")}</p>}
        {error && !has?.password && <p role="alert">{error}</p>}
      </div>
    </Sheet>
  );
}
