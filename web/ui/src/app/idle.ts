/**
 * Whether somebody works at this page. The server is told of keys and pointers, at most once a minute: an open line is
 * not a person. After too long without, the page is locked, also where the server cannot be reached.
 */
import { signal } from "@preact/signals";
import type { Api } from "../http/api.ts";
import type { Ways } from "../signin/signin.ts";

const TOLD_EVERY_MS = 60_000;
const LOOK_MS = 5_000;
/** What the page needs first goes first. */
const ASKED_AFTER_MS = 5_000;
const SIGNS = ["pointerdown", "keydown", "wheel", "touchstart"] as const;

/** Whether the page waits for its person to prove who they are. */
export const locked = signal(false);

/** Watch until the end of the page. */
export function watchIdle(api: Api, signedIn: () => boolean): void {
  let idle_ms = 0;
  let active_at = Date.now();
  let told_at = Date.now();
  const active = () => {
    active_at = Date.now();
    if (!signedIn() || locked.value || active_at < told_at + TOLD_EVERY_MS) return;
    told_at = active_at;
    void api.post("/api/sessions/current/active", {}).catch(() => undefined);
  };
  for (const sign of SIGNS) addEventListener(sign, active, { passive: true, capture: true });
  setTimeout(() => {
    void api.get<Ways>("/api/signin").then(
      (ways) => {
        idle_ms = ways.idle_s * 1_000;
      },
      () => undefined,
    );
  }, ASKED_AFTER_MS);
  setInterval(() => {
    if (idle_ms > 0 && signedIn() && Date.now() - active_at >= idle_ms) locked.value = true;
  }, LOOK_MS);
}
