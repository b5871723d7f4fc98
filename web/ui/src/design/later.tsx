import type { ComponentType, FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../words/words.ts";
import { Blank } from "./Blank.tsx";
import { Button } from "./Button.tsx";
import { Shape } from "./Shape.tsx";

/**
 * A screen whose script is fetched when it is first shown; where that fails, it says so. What comes over the screen
 * (`over`) leaves it as it is meanwhile.
 */
export function later<P extends object>(load: () => Promise<ComponentType<P>>, over = false): FunctionComponent<P> {
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
    const waiting = failed ? <Failed again={() => setTries(tries + 1)} /> : over ? null : <Shape rows={4} />;
    return over ? waiting : <main class="page">{waiting}</main>;
  };
}

function Failed({ again }: { again: () => void }) {
  return (
    <Blank says={t("app.screen_failed")}>
      <Button onClick={again}>{t("common.retry")}</Button>
    </Blank>
  );
}
