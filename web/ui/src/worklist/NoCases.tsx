import { Blank } from "../design/Blank.tsx";
import { Button, ButtonLink } from "../design/Button.tsx";
import { Shape } from "../design/Shape.tsx";
import { t } from "../words/words.ts";
import { ALL, choose, type Filter, filter, namesOf, narrows } from "./filter.ts";
import type { WorklistStore } from "./store.ts";
import "../words/more/worklist.ts";

interface Props {
  state: WorklistStore["state"]["value"];
  retry: () => void;
  mayAsk: boolean;
  choice: Filter;
}

/** Why there is no list. */
export function NoCases({ state, retry, mayAsk, choice }: Props) {
  if (state === "listing") return <Shape rows={5} />;
  if (state === "failed") return <Failed retry={retry} />;
  if (narrows(choice)) {
    return (
      <Blank says={t("worklist.none_for", { what: namesOf(choice) })}>
        <ShowAll />
      </Blank>
    );
  }
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

/** That one sees some cases only, and the way to see all. */
export function Only({ choice }: { choice: Filter }) {
  return (
    <p class="worklist-narrowed">
      {t("worklist.only", { what: namesOf(choice) })} <ShowAll />
    </p>
  );
}

function ShowAll() {
  return <Button onClick={() => choose({ ...ALL, words: filter.peek().words })}>{t("worklist.show_all")}</Button>;
}
