import { useEffect, useRef, useState } from "preact/hooks";
import { DemoPeople } from "../demo/DemoPeople.tsx";
import { askWhether, inDemo } from "../demo/demo.ts";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { Mark } from "../design/Mark.tsx";
import type { Api } from "../http/api.ts";
import { t } from "../words/words.ts";
import { signIn } from "./signin.ts";
import "./signin.css";

interface Props {
  api: Api;
  /** Who has to sign in again; anybody when absent. */
  handle?: string;
  says?: string;
  onIn: () => void;
}

/** Handle and password; in the demo also its people, one tap each. `onIn` is called when the cookie is set. */
export function SignIn({ api, handle: known = "", says, onIn }: Props) {
  useEffect(() => void askWhether(api).catch(() => undefined), [api]);
  return (
    <main class="signin" id="content">
      <header class="signin-head">
        <Mark size={44} />
        <h1>{t("app.title")}</h1>
        <p>{says ?? t("signin.about")}</p>
      </header>
      {inDemo.value && !known && <DemoPeople api={api} onIn={onIn} />}
      <PasswordForm api={api} known={known} onIn={onIn} />
      {!known && (
        <p class="signin-register">
          <a href="/register">{t("signin.register")}</a>
        </p>
      )}
      <p class="signin-advice">{t("signin.advice")}</p>
    </main>
  );
}

function PasswordForm({ api, known, onIn }: { api: Api; known: string; onIn: () => void }) {
  const [handle, setHandle] = useState(known);
  const [password, setPassword] = useState("");
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (error) form.current?.querySelector<HTMLInputElement>("[aria-invalid]")?.focus();
  }, [error]);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const refusal = handle && password ? await signIn(api, handle, password) : t("signin.both");
    setBusy(false);
    setError(refusal);
    if (!refusal) onIn();
  };
  return (
    <form ref={form} class="signin-form" onSubmit={submit} noValidate aria-label={t("signin.title")}>
      <Field
        label={t("signin.handle")}
        name="handle"
        autocomplete="username"
        autocapitalize="none"
        spellcheck={false}
        value={handle}
        readOnly={known !== ""}
        onInput={(event) => setHandle(event.currentTarget.value.trim())}
      />
      <Field
        label={t("signin.password")}
        name="password"
        type="password"
        autocomplete="current-password"
        value={password}
        error={error}
        onInput={(event) => setPassword(event.currentTarget.value)}
      />
      <Button look={inDemo.value && !known ? "plain" : "next"} type="submit">
        {t(busy ? "signin.busy" : "signin.title")}
      </Button>
    </form>
  );
}
