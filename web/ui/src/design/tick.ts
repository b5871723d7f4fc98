/** The server's time for what is shown as "12 min": moves on by itself every ten seconds, only while the page is seen. */
import { type ReadonlySignal, signal } from "@preact/signals";

const EVERY_MS = 10_000;
export const now = signal(Date.now());

let serverNow: () => number = Date.now;

/** Begin to tick by this clock, which may be another after each change of `set`; returns how to end it. */
export function tick(clock: () => number, set: ReadonlySignal<unknown>): () => void {
  serverNow = clock;
  const unheed = set.subscribe(move);
  const timer = setInterval(() => document.visibilityState === "visible" && move(), EVERY_MS);
  document.addEventListener("visibilitychange", move);
  return () => {
    unheed();
    clearInterval(timer);
    document.removeEventListener("visibilitychange", move);
  };
}

/** Move on now: something is due. */
export function move(): void {
  now.value = serverNow();
}
