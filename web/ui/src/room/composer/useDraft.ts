import type { Signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { type Draft, keep } from "./drafts.ts";

const PAUSE_MS = 300;

/** Keep `draft` under `key` when its writer pauses, and when the page or the view goes. */
export function useKept(key: string, draft: Signal<Draft>): void {
  useEffect(() => {
    let pause: ReturnType<typeof setTimeout> | undefined;
    const now = () => keep(key, draft.peek());
    const end = draft.subscribe(() => {
      clearTimeout(pause);
      pause = setTimeout(now, PAUSE_MS);
    });
    addEventListener("pagehide", now);
    return () => {
      end();
      clearTimeout(pause);
      removeEventListener("pagehide", now);
      now();
    };
  }, [key, draft]);
}
