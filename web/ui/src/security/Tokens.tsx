import { useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { useSubmit } from "../design/useSubmit.ts";
import { dateOf } from "../words/format.ts";
import { t } from "../words/words.ts";
import { Named, Section } from "./Section.tsx";
import type { SecurityStore } from "./security.ts";
import "../words/more/security.ts";

const SCOPES = ["read", "write"] as const;
const DAYS = 90;

/** What programs sign in with: a token is shown once. */
export function Tokens({ store }: { store: SecurityStore }) {
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly string[]>(["read"]);
  const [token, setToken] = useState<string>();
  const tick = (scope: string) =>
    setScopes(scopes.includes(scope) ? scopes.filter((one) => one !== scope) : [...scopes, scope]);
  const add = useSubmit(async () => {
    const wish = { name: name.trim() || t("security.token_unnamed"), scopes, days: DAYS };
    const made = await store.act(() => store.api.post<{ token: string }>("/api/tokens", wish));
    if (made) setToken(made.token);
  });
  return (
    <Section title={t("security.tokens")} about={t("security.tokens_about")}>
      {token && (
        <div class="security-codes" role="status">
          <p>{t("security.token_once")}</p>
          <code class="security-secret">{token}</code>
          <div class="security-acts">
            <Button onClick={() => void navigator.clipboard.writeText(token)}>{t("security.copy")}</Button>
            <Button onClick={() => setToken(undefined)}>{t("security.codes_kept")}</Button>
          </div>
        </div>
      )}
      <ul class="security-list">
        {store.tokens.value.map((one) => (
          <Named
            key={one.id}
            name={one.name}
            about={t("security.token_until", {
              scopes: one.scopes.join(", ") || t("security.scope_all"),
              when: dateOf(one.expires_at),
            })}
          >
            <Button look="grave" onClick={() => void store.act(() => store.api.delete(`/api/tokens/${one.id}`))}>
              {t("security.end")}
            </Button>
          </Named>
        ))}
      </ul>
      <form class="security-add" onSubmit={add} noValidate>
        <Field
          label={t("security.token_name")}
          name="token-name"
          maxLength={64}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <fieldset class="security-scopes">
          <legend>{t("security.token_scopes")}</legend>
          {SCOPES.map((scope) => (
            <label key={scope} class="tick">
              <input type="checkbox" checked={scopes.includes(scope)} onChange={() => tick(scope)} />
              {t(`security.scope_${scope}`)}
            </label>
          ))}
        </fieldset>
        <Button type="submit">{t("security.token_add")}</Button>
      </form>
    </Section>
  );
}
