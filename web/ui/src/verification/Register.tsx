import { useEffect, useRef, useState } from "preact/hooks";
import { Button, ButtonLink } from "../design/Button.tsx";
import { type Choice, Choices } from "../design/Choices.tsx";
import { Field } from "../design/Field.tsx";
import { Mark } from "../design/Mark.tsx";
import { Shape } from "../design/Shape.tsx";
import type { Api } from "../http/api.ts";
import { possible } from "../signin/passkeys.ts";
import { refusal } from "../signin/signin.ts";
import { t } from "../words/words.ts";
import { ClaimFields } from "./ClaimFields.tsx";
import { type Claim, NOBODY } from "./claim.ts";
import { registered, type WayIn } from "./registering.ts";
import type { Forms } from "./types.ts";
import "../signin/signin.css";
import "./verification.css";
import "../words/more/register.ts";
import "../words/more/signin.ts";

/** An account of one's own: a handle for all to see, and who one is, for nobody to see. */
export function Register({ api, onIn }: { api: Api; onIn: () => void }) {
  const [forms, setForms] = useState<Forms>();
  const [failed, setFailed] = useState<string>();
  const load = () =>
    void refusal(async () => setForms(await api.get<Forms>("/api/registrations"))).then((wrong) => setFailed(wrong));
  useEffect(load, [api]);
  return (
    <main class="signin" id="content">
      <header class="signin-head">
        <Mark size={44} />
        <h1>{t("register.title")}</h1>
        <p>{t("register.about")}</p>
      </header>
      {failed && (
        <p role="alert">
          {failed} <Button onClick={load}>{t("common.retry")}</Button>
        </p>
      )}
      {!forms && !failed && <Shape rows={4} />}
      {forms?.open === false && <p>{t("register.closed")}</p>}
      {forms?.open && <Form api={api} forms={forms} onIn={onIn} />}
      <p>
        <ButtonLink href="/signin">{t("register.have_one")}</ButtonLink>
      </p>
    </main>
  );
}

function Form({ api, forms, onIn }: { api: Api; forms: Forms; onIn: () => void }) {
  const [handle, setHandle] = useState("");
  const [way, setWay] = useState<WayIn>(possible ? "passkey" : "password");
  const [password, setPassword] = useState("");
  const [claim, setClaim] = useState<Claim>(NOBODY);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const says = useRef<HTMLParagraphElement>(null);
  useEffect(() => says.current?.focus(), [error]);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const wrong = await registered(api, { handle, way, password, claim });
    setBusy(false);
    setError(wrong);
    if (!wrong) onIn();
  };
  return (
    <form class="signin-form" onSubmit={submit} noValidate aria-label={t("register.title")}>
      <Field
        label={t("signin.handle")}
        hint={t("register.handle_hint")}
        name="handle"
        autocomplete="username"
        autocapitalize="none"
        spellcheck={false}
        value={handle}
        onInput={(event) => setHandle(event.currentTarget.value.trim())}
      />
      {possible && <Choices legend={t("register.way")} name="way" choices={ways()} value={way} onChoose={setWay} />}
      {way === "password" && (
        <Field
          label={t("signin.password")}
          hint={t("register.password_hint", { count: forms.password_chars })}
          name="password"
          type="password"
          autocomplete="new-password"
          value={password}
          onInput={(event) => setPassword(event.currentTarget.value)}
        />
      )}
      <h2>{t("register.who")}</h2>
      <p class="verify-note">{t("register.apart")}</p>
      <ClaimFields claim={claim} licences={forms.licences} onChange={setClaim} />
      <p ref={says} class="field-error" role="alert" tabIndex={-1} hidden={!error}>
        {error}
      </p>
      <Button look="next" type="submit">
        {t(busy ? "register.busy" : "register.submit")}
      </Button>
    </form>
  );
}

function ways(): readonly Choice<WayIn>[] {
  return [
    { value: "passkey", label: t("register.way_passkey"), says: t("register.way_passkey_says") },
    { value: "password", label: t("register.way_password"), says: t("register.way_password_says") },
  ];
}
