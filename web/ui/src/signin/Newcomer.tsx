import { useEffect, useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { Mark } from "../design/Mark.tsx";
import type { Api } from "../http/api.ts";
import { t } from "../words/words.ts";
import { PasswordForm } from "./PasswordForm.tsx";
import { enter, possible } from "./passkeys.ts";
import { refusal } from "./signin.ts";
import "../words/more/newcomer.ts";
import "../words/more/signin.ts";
import "../design/drawings.ts";

interface Props {
  api: Api;
  onIn: () => void;
  onBack: () => void;
}

/** For who came from their hospital and is not known here: a new account, or the one that they have. */
export function Newcomer({ api, onIn, onBack }: Props) {
  const [came, setCame] = useState<{ hospital: string; handle: string }>();
  const [handle, setHandle] = useState("");
  const [error, setError] = useState<string>();
  useEffect(() => {
    void api.get<{ hospital: string; handle: string }>("/api/signin/newcomer").then((found) => {
      setCame(found);
      setHandle(found.handle);
    }, onBack);
  }, [api]);
  const create = async (event: Event) => {
    event.preventDefault();
    const refused = await refusal(() => api.post("/api/sessions/newcomer", { handle }));
    setError(refused);
    if (!refused) onIn();
  };
  const link = async () => {
    const refused = await refusal(() => api.post("/api/hospitals", {}));
    if (refused) setError(refused);
    else onIn();
  };
  const withPasskey = async () => {
    const refused = await enter(api);
    if (refused === undefined) await link();
    else setError(refused);
  };
  if (!came) return null;
  return (
    <main class="signin" id="content">
      <header class="signin-head">
        <Mark size={44} />
        <h1>{t("newcomer.title")}</h1>
        <p>{t("newcomer.about", { hospital: came.hospital })}</p>
      </header>
      <form class="signin-form" onSubmit={create} noValidate>
        <Field
          label={t("newcomer.handle")}
          hint={t("newcomer.hint")}
          name="new-handle"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          value={handle}
          error={error}
          onInput={(event) => setHandle(event.currentTarget.value.trim())}
        />
        <Button look="next" type="submit">
          {t("newcomer.create")}
        </Button>
      </form>
      <p class="demo-or">{t("newcomer.or")}</p>
      {possible && (
        <div class="signin-others">
          <Button onClick={() => void withPasskey()}>{t("signin.passkey")}</Button>
        </div>
      )}
      <PasswordForm api={api} known="" first={false} onIn={() => void link()} />
      <Button look="bare" icon="back" onClick={onBack}>
        {t("common.back")}
      </Button>
    </main>
  );
}
