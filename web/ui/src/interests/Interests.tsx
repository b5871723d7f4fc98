import { useEffect, useMemo, useState } from "preact/hooks";
import { Blank } from "../design/Blank.tsx";
import { Button } from "../design/Button.tsx";
import { Shape } from "../design/Shape.tsx";
import type { Api } from "../http/api.ts";
import { t } from "../words/words.ts";
import { DeclaredPart } from "./DeclaredPart.tsx";
import { History } from "./History.tsx";
import { ImportedPart } from "./ImportedPart.tsx";
import { InterestStore } from "./store.ts";
import "./interests.css";
import "../words/more/interests.ts";

/** What one declares of one's interests, what Open Payments says of one, and all that one ever declared. */
export function Interests({ api }: { api: Api }) {
  const store = useMemo(() => new InterestStore(api), [api]);
  const [wrong, setWrong] = useState<string>();
  const read = () => {
    setWrong(undefined);
    void store.read().then(setWrong);
  };
  useEffect(read, [store]);
  const all = store.all.value;
  return (
    <main class="page interests">
      <h1>{t("interests.title")}</h1>
      <p class="interests-note">{t("interests.says")}</p>
      {all ? (
        <>
          <DeclaredPart store={store} all={all} />
          <ImportedPart all={all} />
          {all.history.length > 0 && <History entries={all.history} />}
        </>
      ) : wrong ? (
        <Blank says={wrong}>
          <Button onClick={read}>{t("common.retry")}</Button>
        </Blank>
      ) : (
        <Shape rows={4} />
      )}
    </main>
  );
}
