import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Blank } from "../design/Blank.tsx";
import { Button } from "../design/Button.tsx";
import { Shape } from "../design/Shape.tsx";
import { t } from "../words/words.ts";

/** A screen whose script is fetched when it is first shown; where that fails, it says so. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;
  return function Later(props: P) {
    const [tries, setTries] = useState(0);
    const [failed, setFailed] = useState(false);
    const [Screen, setScreen] = useState(() => loaded);
    useEffect(() => {
      if (loaded) return;
      setFailed(false);
      load().then(
        (screen) => {
          loaded = screen;
          setScreen(() => screen);
        },
        () => setFailed(true),
      );
    }, [tries]);
    if (Screen) return <Screen {...props} />;
    return <main class="page">{failed ? <Failed again={() => setTries(tries + 1)} /> : <Shape rows={4} />}</main>;
  };
}

function Failed({ again }: { again: () => void }) {
  return (
    <Blank says={t("app.screen_failed")}>
      <Button onClick={again}>{t("common.retry")}</Button>
    </Blank>
  );
}
