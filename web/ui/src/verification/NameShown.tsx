import { useState } from "preact/hooks";
import type { Api } from "../http/api.ts";
import { t } from "../words/words.ts";
import type { Act } from "./OwnVerification.tsx";
import type { Own } from "./types.ts";
import "../words/more/verification.ts";

/** Whether one's real name stands beside the handle: by one's own act only. */
export function NameShown({ api, own, act }: { api: Api; own: Own; act: Act }) {
  const [wrong, setWrong] = useState<string>();
  if (own.tier < 2 || !own.identity) return null;
  const show = (shown: boolean) => void act(() => api.put("/api/me/name", { shown })).then(setWrong);
  return (
    <section class="verify-part" aria-labelledby="name">
      <h2 id="name">{t("verification.name")}</h2>
      <label class="tick">
        <input type="checkbox" checked={own.name !== ""} onChange={(event) => show(event.currentTarget.checked)} />
        {t("verification.name_show")}
      </label>
      <p class="verify-note">{t("verification.name_says")}</p>
      <p class="field-error" role="alert" hidden={!wrong}>
        {wrong}
      </p>
    </section>
  );
}
