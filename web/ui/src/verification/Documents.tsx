import { useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import type { Api } from "../http/api.ts";
import { number } from "../words/format.ts";
import { t } from "../words/words.ts";
import { Day } from "./Day.tsx";
import type { Act } from "./OwnVerification.tsx";
import type { Own } from "./types.ts";
import "../words/more/verification.ts";

const KINDS = "application/pdf,image/jpeg,image/png";
const GIVEN_WITHIN_MS = 300_000;

/** The documents that one has given, and a place for another. */
export function Documents({ api, own, act }: { api: Api; own: Own; act: Act }) {
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);
  const give = async (input: HTMLInputElement) => {
    const file = input.files?.[0];
    if (!file || busy) return;
    setBusy(true);
    setWrong(await act(() => api.give("/api/me/documents", file, { within_ms: GIVEN_WITHIN_MS })));
    setBusy(false);
    input.value = "";
  };
  return (
    <section class="verify-part" aria-labelledby="documents">
      <h2 id="documents">{t("verification.documents")}</h2>
      <p class="verify-note">{t("verification.documents_says")}</p>
      {own.documents.length > 0 && (
        <ul class="verify-rows">
          {own.documents.map((one) => (
            <li key={one.id} class="verify-row">
              <span>
                {t(`verification.${kindOf(one.kind)}`)}, {t("verification.kib", { count: kib(one.size_bytes) })}
              </span>
              <Day at={one.at} />
              <Button
                look="bare"
                onClick={() => void act(() => api.delete(`/api/me/documents/${one.id}`)).then(setWrong)}
              >
                {t("verification.remove")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <label class="button button-plain verify-give">
        <span>{t(busy ? "verification.giving" : "verification.give")}</span>
        <input type="file" accept={KINDS} onChange={(event) => void give(event.currentTarget)} />
      </label>
      <p class="field-error" role="alert" hidden={!wrong}>
        {wrong}
      </p>
    </section>
  );
}

/** What a document is, by its media type. */
export function kindOf(media: string): "pdf" | "picture" {
  return media === "application/pdf" ? "pdf" : "picture";
}

export const kib = (bytes: number): string => number(Math.max(1, Math.round(bytes / 1_024)));
