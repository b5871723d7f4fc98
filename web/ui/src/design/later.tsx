import type { ComponentType, FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../words/words.ts";
import { Blank } from "./Blank.tsx";
import { Button } from "./Button.tsx";
import { Shape } from "./Shape.tsx";

/** On a bad line what did not come may come at the next try. */
const AGAIN_MS = 5_000;

interface Meanwhile {
  readonly failed: boolean;
  readonly again: () => void;
}

/** How to fetch what was not fetched yet. */
export const unfetched = new Set<() => Promise<unknown>>();

/**
 * A view whose script is fetched when it is first shown, and again until it is here, at once when the line is back.
 * `Until` stands in its place until then: a screen, unless it says otherwise.
 */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
  Until: FunctionComponent<Meanwhile> = Screen,
): FunctionComponent<P> {
  let loaded: ComponentType<P> | undefined;
  const fetched = () =>
    load().then((view) => {
      loaded = view;
      unfetched.delete(fetched);
      return view;
    });
  unfetched.add(fetched);
  return function Later(props: P) {
    const [tries, setTries] = useState(0);
    const [failed, setFailed] = useState(false);
    const [View, setView] = useState(() => loaded);
    const again = () => setTries((before) => before + 1);
    useEffect(() => {
      if (View) return;
      let timer: ReturnType<typeof setTimeout> | undefined;
      let over = false;
      fetched().then(
        (view) => setView(() => view),
        () => {
          setFailed(true);
          if (!over) timer = setTimeout(again, AGAIN_MS);
        },
      );
      addEventListener("online", again);
      return () => {
        over = true;
        clearTimeout(timer);
        removeEventListener("online", again);
      };
    }, [View, tries]);
    return View ? <View {...props} /> : <Until failed={failed} again={again} />;
  };
}

function Screen({ failed, again }: Meanwhile) {
  return <main class="page">{failed ? <Failed again={again} /> : <Shape rows={4} />}</main>;
}

/** What comes over a screen leaves it as it is. */
export function Over({ failed, again }: Meanwhile) {
  return failed ? <Failed again={again} /> : null;
}

/** What is a part of a view is left out. */
export function Nothing(_: Meanwhile) {
  return null;
}

function Failed({ again }: { again: () => void }) {
  return (
    <Blank says={t("app.screen_failed")}>
      <Button onClick={again}>{t("common.retry")}</Button>
    </Blank>
  );
}
