import { useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { useSubmit } from "../design/useSubmit.ts";
import { make } from "../signin/newPasskeys.ts";
import { possible } from "../signin/passkeys.ts";
import { dateOf } from "../words/format.ts";
import { t } from "../words/words.ts";
import { Named, Section } from "./Section.tsx";
import type { Passkey, Security, SecurityStore } from "./security.ts";
import "../words/more/security.ts";

/** The passkeys that one has, and another one. */
export function Passkeys({ store, has }: { store: SecurityStore; has: Security }) {
  const [name, setName] = useState("");
  const add = useSubmit(async () => {
    const made = await store.act(() => make(store.api, name.trim() || t("security.passkey_unnamed")));
    if (made) setName("");
  });
  return (
    <Section title={t("security.passkeys")} about={t("security.passkeys_about")}>
      {has.passkeys.length > 0 && (
        <ul class="security-list">
          {has.passkeys.map((one) => (
            <Named key={one.id} name={one.name} about={described(one)}>
              <Button look="grave" onClick={() => void store.act(() => store.api.delete(`/api/passkeys/${one.id}`))}>
                {t("security.remove")}
              </Button>
            </Named>
          ))}
        </ul>
      )}
      {possible ? (
        <form class="security-add" onSubmit={add} noValidate>
          <Field
            label={t("security.passkey_name")}
            hint={t("security.passkey_hint")}
            name="passkey-name"
            maxLength={64}
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit">{t("security.passkey_add")}</Button>
        </form>
      ) : (
        <p class="security-note">{t("security.passkey_not_here")}</p>
      )}
    </Section>
  );
}

function described(one: Passkey): string {
  const used = one.used_at ? t("security.used", { when: dateOf(one.used_at) }) : t("security.unused");
  return one.backed_up ? `${used} · ${t("security.backed_up")}` : used;
}
