import { useEffect } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { Shape } from "../design/Shape.tsx";
import type { Standing } from "../live/standing.ts";
import { t } from "../words/words.ts";
import { SanctionLine } from "./SanctionLine.tsx";
import "./moderation.css";
import "../words/more/moderation.ts";

/** What moderators imposed on the one who reads, each with its reason. */
export function OwnSanctions({ standing }: { standing: Standing }) {
  useEffect(() => standing.wanted(), [standing]);
  const all = standing.all.value;
  return (
    <main class="page moderation">
      <h1>{t("app.own_sanctions")}</h1>
      {standing.failed.value && (
        <p class="moderation-failed" role="alert">
          {t("moderation.failed")} <Button onClick={() => standing.wanted()}>{t("common.retry")}</Button>
        </p>
      )}
      {all === null && !standing.failed.value && <Shape rows={2} />}
      {all?.length === 0 && <p>{t("moderation.own_none")}</p>}
      {all !== null && all.length > 0 && (
        <>
          <p class="moderation-says">{t("moderation.own_says")}</p>
          <ol class="moderation-list">
            {all.map((one) => (
              <li key={one.id} class="sanction">
                <SanctionLine sanction={one} />
              </li>
            ))}
          </ol>
        </>
      )}
    </main>
  );
}
