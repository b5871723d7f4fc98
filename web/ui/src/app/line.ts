/** That the line was lost or is back, for those who do not see the line under the bar. */
import { effect } from "@preact/signals";
import { announce } from "../design/announce.ts";
import type { Link } from "../wire/link.ts";
import { t } from "../words/words.ts";

/** Say that the line is back whenever it was away; that it is lost the page's status says itself. */
export function announceLine(link: Link): void {
  let lost = false;
  effect(() => {
    const { is } = link.state.value;
    if (lost && is === "up") announce(t("app.back_online"));
    lost = is === "offline" || is === "waiting" || (lost && is !== "up");
  });
}
