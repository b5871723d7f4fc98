import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import type { Api } from "../http/api.ts";
import { t } from "../words/words.ts";
import { signIn } from "./signin.ts";
import "../words/more/signin.ts";

interface Props {
  api: Api;
  /** Who has to sign in again; anybody when empty. */
  known: string;
  /** Whether this is what most people here take. */
  first: boolean;
  onIn: () => void;
}

/** Handle and password, and then the code of the authenticator app where there is one. */
export function PasswordForm({ api, known, first, onIn }: Props) {
  const [handle, setHandle] = useState(known);
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [asksCode, setAsksCode] = useState(false);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const wanted = error ? "[aria-invalid]" : asksCode ? "[name=code]" : null;
    if (wanted) form.current?.querySelector<HTMLInputElement>(wanted)?.focus();
  }, [error, asksCode]);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    if (!handle || !password) return setError(t("signin.both"));
    setBusy(true);
    setError(undefined);
    const entry = await signIn(api, handle, password, code);
    setBusy(false);
    if (entry.is === "in") return onIn();
    setAsksCode(entry.is === "wanted");
    setError(entry.is === "wanted" && !asksCode ? undefined : entry.says);
  };
  return (
    <form ref={form} class="signin-form" onSubmit={submit} noValidate aria-label={t("app.sign_in")}>
      <Field
        label={t("signin.handle")}
        name="handle"
        autocomplete="username webauthn"
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
        error={asksCode ? undefined : error}
        onInput={(event) => setPassword(event.currentTarget.value)}
      />
      {asksCode && (
        <Field
          label={t("signin.code")}
          hint={t("signin.code_hint")}
          name="code"
          autocomplete="one-time-code"
          autocapitalize="none"
          spellcheck={false}
          value={code}
          error={error}
          onInput={(event) => setCode(event.currentTarget.value)}
        />
      )}
      <Button look={first ? "next" : "plain"} type="submit">
        {t(busy ? "signin.busy" : "app.sign_in")}
      </Button>
    </form>
  );
}
