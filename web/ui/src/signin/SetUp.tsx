import { useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { Mark } from "../design/Mark.tsx";
import type { Api } from "../http/api.ts";
import { t } from "../words/words.ts";
import { refusal } from "./signin.ts";
import "../words/more/setup.ts";
import "../words/more/signin.ts";
import "../design/drawings.ts";

interface Props {
  api: Api;
  onIn: () => void;
  onBack: () => void;
}

/** For who got a code from those who run the server: a new password, with which one is in. */
export function SetUp({ api, onIn, onBack }: Props) {
  const [wish, setWish] = useState({ handle: "", code: "", password: "" });
  const [error, setError] = useState<string>();
  const set = (name: keyof typeof wish) => (event: { currentTarget: HTMLInputElement }) =>
    setWish({ ...wish, [name]: event.currentTarget.value });
  const submit = async (event: Event) => {
    event.preventDefault();
    const handle = wish.handle.trim();
    const refused =
      handle && wish.code ? await refusal(() => api.post("/api/sessions/setup", { ...wish, handle })) : t("setup.all");
    setError(refused);
    if (!refused) onIn();
  };
  const plain = { autocapitalize: "none", spellcheck: false } as const;
  return (
    <main class="signin" id="content">
      <header class="signin-head">
        <Mark size={44} />
        <h1>{t("setup.title")}</h1>
        <p>{t("setup.about")}</p>
      </header>
      <form class="signin-form" onSubmit={submit} noValidate>
        <Field
          {...plain}
          label={t("signin.handle")}
          name="handle"
          autocomplete="username"
          value={wish.handle}
          onInput={set("handle")}
        />
        <Field
          {...plain}
          label={t("setup.field")}
          name="setup-code"
          autocomplete="off"
          value={wish.code}
          onInput={set("code")}
        />
        <Field
          label={t("setup.password")}
          hint={t("setup.hint")}
          name="new-password"
          type="password"
          autocomplete="new-password"
          value={wish.password}
          error={error}
          onInput={set("password")}
        />
        <Button look="next" type="submit">
          {t("setup.go")}
        </Button>
      </form>
      <Button look="bare" icon="back" onClick={onBack}>
        {t("common.back")}
      </Button>
    </main>
  );
}
