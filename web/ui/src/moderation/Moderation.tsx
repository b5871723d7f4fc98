import { useEffect, useMemo, useState } from "preact/hooks";
import { useLocation } from "../app/location.tsx";
import { Button } from "../design/Button.tsx";
import type { Api } from "../http/api.ts";
import type { Me } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import { ModerationDesk } from "./desk.ts";
import { HistorySheet } from "./HistorySheet.tsx";
import { ImposeSheet } from "./ImposeSheet.tsx";
import { InForce } from "./InForce.tsx";
import { Rings } from "./Rings.tsx";
import { Waiting } from "./Waiting.tsx";
import "./moderation.css";
import "../words/more/moderation.ts";
import "../words/more/places.ts";

type Over = { readonly is: "impose"; readonly on: string } | { readonly is: "history"; readonly of: string } | null;

/** The moderators' screen: what waits for a decision, what is in force, and what stands out. */
export function Moderation({ api, me }: { api: Pick<Api, "get" | "post">; me: Me }) {
  const desk = useMemo(() => new ModerationDesk(api), [api]);
  const asked = useLocation().query["person"];
  const [over, setOver] = useState<Over>(asked ? { is: "impose", on: asked } : null);
  useEffect(() => void desk.load(), [desk]);
  const shut = () => setOver(null);
  return (
    <main class="page moderation">
      <header class="moderation-head">
        <h1>{t("places.moderation")}</h1>
        <Button onClick={() => setOver({ is: "impose", on: "" })}>{t("moderation.impose")}</Button>
      </header>
      {desk.failed.value && (
        <p class="moderation-failed" role="alert">
          {t("moderation.failed")} <Button onClick={() => void desk.load()}>{t("common.retry")}</Button>
        </p>
      )}
      <Waiting desk={desk} />
      <InForce desk={desk} me={me} onHistory={(of) => setOver({ is: "history", of })} />
      <Rings rings={desk.rings.value} />
      {over?.is === "impose" && <ImposeSheet desk={desk} on={over.on} onClose={shut} />}
      {over?.is === "history" && <HistorySheet desk={desk} person={over.of} onClose={shut} />}
    </main>
  );
}
