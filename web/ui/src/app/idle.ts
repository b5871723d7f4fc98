/**
 * Whether somebody works at this page. The server is told of keys and pointers, at most once a minute: an open line is
 * not a person. After too long without, the page is locked, also where the server cannot be reached.
 */
import { signal } from "@preact/signals";
import type { Api } from "../http/api.ts";
import { memoryOf, type PageMemory } from "../live/memory.ts";
import type { Ways } from "../signin/signin.ts";

const KEY = "curbside.idle_s";
const TOLD_EVERY_MS = 60_000;
const LOOK_MS = 5_000;
/** What the page needs first goes first. */
const ASKED_AFTER_MS = 5_000;
const ASKED_AGAIN_MS = 60_000;
const SIGNS = ["pointerdown", "keydown", "wheel", "touchstart"] as const;

/** Whether the page waits for its person to prove who they are. */
export const locked = signal(false);

/** Watch until the end of the page. How long is too long is the server's word; until it says, what it said last here. */
export function watchIdle(
  api: Pick<Api, "get" | "post">,
  signedIn: () => boolean,
  memory: Pick<PageMemory, "get" | "set"> = memoryOf(() => localStorage),
): void {
  let idle_ms = 1_000 * (Number(memory.get(KEY)) || 0);
  let active_at = Date.now();
  let told_at = Date.now();
  const look = () => {
    if (idle_ms > 0 && signedIn() && Date.now() - active_at >= idle_ms) locked.value = true;
  };
  const active = () => {
    // On a device that slept nobody has looked since: whoever wakes it may be another.
    look();
    active_at = Date.now();
    if (!signedIn() || locked.value || active_at < told_at + TOLD_EVERY_MS) return;
    told_at = active_at;
    void api.post("/api/sessions/current/active", {}).catch(() => undefined);
  };
  const ask = async () => {
    try {
      const { idle_s } = await api.get<Ways>("/api/signin");
      idle_ms = idle_s * 1_000;
      memory.set(KEY, String(idle_s));
    } catch {
      setTimeout(ask, ASKED_AGAIN_MS);
    }
  };
  for (const sign of SIGNS) addEventListener(sign, active, { passive: true, capture: true });
  setTimeout(ask, ASKED_AFTER_MS);
  setInterval(look, LOOK_MS);
}
