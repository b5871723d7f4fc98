import { Blank } from "../design/Blank.tsx";
import { Button, ButtonLink } from "../design/Button.tsx";
import { Shape } from "../design/Shape.tsx";
import { t } from "../words/words.ts";
import type { WorklistStore } from "./store.ts";

/** Why there is no list. */
export function NoCases({
  state,
  retry,
  mayAsk,
}: {
  state: WorklistStore["state"]["value"];
  retry: () => void;
  mayAsk: boolean;
}) {
  if (state === "listing") return <Shape rows={5} />;
  if (state === "failed") return <Failed retry={retry} />;
  return (
    <Blank says={t("worklist.empty")}>
      {mayAsk && (
        <ButtonLink href="/ask" icon="ask">
          {t("app.ask")}
        </ButtonLink>
      )}
    </Blank>
  );
}

/** The list did not come. */
export function Failed({ retry }: { retry: () => void }) {
  return (
    <Blank says={t("worklist.failed")}>
      <Button onClick={retry}>{t("common.retry")}</Button>
    </Blank>
  );
}
