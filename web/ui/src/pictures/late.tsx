import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

/** A view whose script is fetched when it is first shown: who reads and writes text never loads it. */
export function late<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;
  return function Late(props: P) {
    const [View, setView] = useState(() => loaded);
    useEffect(() => {
      if (View) return;
      const again = () => {
        load().then(
          (view) => {
            loaded = view;
            setView(() => view);
          },
          () => {
            // It is tried again when the line is back.
          },
        );
      };
      again();
      addEventListener("online", again);
      return () => removeEventListener("online", again);
    }, [View]);
    return View ? <View {...props} /> : null;
  };
}
