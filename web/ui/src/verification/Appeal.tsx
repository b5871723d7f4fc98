import { useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { AreaField } from "../design/Field.tsx";
import { useSubmit } from "../design/useSubmit.ts";
import type { Api } from "../http/api.ts";
import { t } from "../words/words.ts";
import type { Act } from "./OwnVerification.tsx";
import type { Own } from "./types.ts";
import "../words/more/verification.ts";

/** Against the last decision, to another moderator. */
export function Appeal({ api, own, act }: { api: Api; own: Own; act: Act }) {
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState<string>();
  const send = useSubmit(async () => {
    const refused = text.trim()
      ? await act(() => api.post("/api/verification/appeals", { text }))
      : t("verification.appeal_lacks");
    setWrong(refused);
    if (!refused) setText("");
  });
  return (
    <section class="verify-part" aria-labelledby="appeal">
      <h2 id="appeal">{t("verification.appeal")}</h2>
      {own.requests.some(({ kind }) => kind === "appeal") ? (
        <p role="status">{t("verification.appeal_waits")}</p>
      ) : (
        <form class="verify-form" onSubmit={send} noValidate>
          <AreaField
            label={t("verification.appeal_text")}
            hint={t("verification.appeal_hint")}
            name="appeal"
            value={text}
            error={wrong}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <p>
            <Button type="submit">{t("verification.appeal_send")}</Button>
          </p>
        </form>
      )}
    </section>
  );
}
