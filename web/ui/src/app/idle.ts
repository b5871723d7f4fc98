/**
 * Whether somebody works at this page. The server is told of keys and pointers, at most once a minute: an open line is
 * not a person. After too long without, the page is locked, also where the server cannot be reached, and so is one that
 * is opened too long after.
 */
import { signal } from "@preact/signals";
import type { Api } from "../http/api.ts";
import { memoryOf } from "../live/memory.ts";
import type { Ways } from "../signin/signin.ts";

const KEY = "curbside.idle_s";
const ACTIVE_KEY = "curbside.active_at";
const TOLD_EVERY_MS = 60_000;
/** What was last kept is so much too early at most, so that the next page is locked too soon rather than too late. */
const KEPT_EVERY_MS = 5_000;
const LOOK_MS = 5_000;
/** What the page needs first goes first. */
const ASKED_AFTER_MS = 5_000;
const ASKED_AGAIN_MS = 60_000;
const SIGNS = ["pointerdown", "keydown", "wheel", "touchstart"] as const;

const memory = memoryOf(() => localStorage);
let active_at = 0;

/** Whether the page waits for its person to prove who they are. */
export const locked = signal(false);
/** For how long nobody had been here when this page began, ms; 0 where that did not lock it, or is over. */
export let absent_ms = 0;

/** Somebody has just proved who they are. */
export function unlock(): void {
  note();
  absent_ms = 0;
  locked.value = false;
}

/** Watch until the end of the page. How long is too long is the server's word; until it says, what it said last here. */
export function watchIdle(api: Pick<Api, "get" | "post">, signedIn: () => boolean): void {
  let idle_ms = 1_000 * (Number(memory.get(KEY)) || 0);
  let told_at = Date.now();
  let kept_at = 0;
  active_at = Date.now();
  const isLong = (ms: number) => idle_ms > 0 && signedIn() && ms >= idle_ms;
  const look = () => {
    if (isLong(Date.now() - active_at)) locked.value = true;
  };
  const active = () => {
    // On a device that slept nobody has looked since: whoever wakes it may be another.
    look();
    // Whoever tries to come in may be another, too.
    if (locked.value) return;
    active_at = Date.now();
    if (!signedIn()) return;
    if (active_at >= kept_at + KEPT_EVERY_MS) {
      kept_at = active_at;
      note();
    }
    if (active_at < told_at + TOLD_EVERY_MS) return;
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
  absent_ms = isLong(absence()) ? absence() : 0;
  if (absent_ms > 0) locked.value = true;
  for (const sign of SIGNS) addEventListener(sign, active, { passive: true, capture: true });
  setTimeout(ask, ASKED_AFTER_MS);
  setInterval(look, LOOK_MS);
}

/** For how long nobody was at any page of this device, ms; 0 where that is not known. */
function absence(): number {
  return Date.now() - (Number(memory.get(ACTIVE_KEY)) || Date.now());
}

/** Somebody is here. */
export function note(): void {
  active_at = Date.now();
  memory.set(ACTIVE_KEY, String(active_at));
}
