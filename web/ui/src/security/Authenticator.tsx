import { useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { t } from "../words/words.ts";
import { Codes } from "./Codes.tsx";
import { Section } from "./Section.tsx";
import type { Security, SecurityStore } from "./security.ts";
import "../words/more/security.ts";

interface Offer {
  readonly secret: string;
  readonly picture: string;
}
interface Given {
  readonly codes: readonly string[];
}

/** The authenticator app beside the password, and the recovery codes. */
export function Authenticator({ store, has }: { store: SecurityStore; has: Security }) {
  const [offer, setOffer] = useState<Offer>();
  const [codes, setCodes] = useState<readonly string[]>();
  const { api } = store;
  const keep = (given: Given | undefined) => {
    if (!given) return;
    setOffer(undefined);
    setCodes(given.codes);
  };
  const begin = async () => setOffer(await store.act(() => api.post<Offer>("/api/authenticator", {})));
  const renew = async () => keep(await store.act(() => api.post<Given>("/api/recovery", {})));
  const remove = async () => {
    setCodes(undefined);
    await store.act(() => api.delete("/api/authenticator"));
  };
  const confirm = async (code: string) =>
    keep(await store.act(() => api.post<Given>("/api/authenticator/confirm", { code })));
  return (
    <Section title={t("security.app")} about={t("security.app_about")}>
      {codes && <Codes codes={codes} onKept={() => setCodes(undefined)} />}
      {has.authenticator && !codes && (
        <>
          <p>{t("security.app_on", { count: has.recovery_codes })}</p>
          <div class="security-acts">
            <Button onClick={() => void renew()}>{t("security.renew")}</Button>
            <Button look="grave" onClick={() => void remove()}>
              {t("security.app_remove")}
            </Button>
          </div>
        </>
      )}
      {!has.authenticator && !offer && <Button onClick={() => void begin()}>{t("security.app_add")}</Button>}
      {!has.authenticator && offer && <Scan offer={offer} onCode={confirm} />}
    </Section>
  );
}

function Scan({ offer, onCode }: { offer: Offer; onCode: (code: string) => Promise<void> }) {
  const [code, setCode] = useState("");
  const submit = (event: Event) => {
    event.preventDefault();
    void onCode(code);
  };
  return (
    <form class="security-scan" onSubmit={submit} noValidate>
      <img src={offer.picture} alt={t("security.scan_alt")} width={200} height={200} />
      <div class="security-scan-by">
        <p>{t("security.scan")}</p>
        <p class="security-note">{t("security.scan_typed")}</p>
        <code class="security-secret">{offer.secret.match(/.{1,4}/g)?.join(" ")}</code>
        <Field
          label={t("security.scan_code")}
          name="app-code"
          inputMode="numeric"
          autocomplete="one-time-code"
          value={code}
          onInput={(event) => setCode(event.currentTarget.value)}
        />
        <Button look="next" type="submit">
          {t("security.scan_go")}
        </Button>
      </div>
    </form>
  );
}
