import { useEffect, useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { Written } from "../design/Written.tsx";
import type { Api } from "../http/api.ts";
import type { Case } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import "../words/more/paging.ts";

/** What is to be read back. */
export function Situation({ api, room }: { api: Pick<Api, "get">; room: string }) {
  const [found, setFound] = useState<Case | "coming" | "failed">("coming");
  const [tries, setTries] = useState(0);
  useEffect(() => {
    setFound("coming");
    api.get<{ case: Case }>(`/api/cases/${encodeURIComponent(room)}`).then(
      (whole) => setFound(whole.case),
      () => setFound("failed"),
    );
  }, [api, room, tries]);
  if (found === "coming") return <p class="call-situation">{t("paging.situation_coming")}</p>;
  if (found === "failed") {
    return (
      <p class="call-situation">
        {t("paging.situation_failed")} <Button onClick={() => setTries(tries + 1)}>{t("common.retry")}</Button>
      </p>
    );
  }
  return (
    <div class="call-situation">
      <p class="call-case said">
        <Written text={found.title} />
      </p>
      <p class="said">
        <span class="quiet">{t("paging.situation")} </span>
        <Written text={found.situation} />
      </p>
    </div>
  );
}
