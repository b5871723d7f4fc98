import { useEffect } from "preact/hooks";
import { t } from "../words/words.ts";

/** What the window is called. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · ${t("app.title")}` : t("app.title");
  }, [title]);
}
