/** The server's time for what is shown as "12 min": moves on every ten seconds, only while the page is seen. */
import { signal } from "@preact/signals";

const EVERY_MS = 10_000;
export const now = signal(Date.now());

let serverNow: () => number = Date.now;

/** Begin to tick by this clock; returns how to end it. */
export function tick(clock: () => number): () => void {
  serverNow = clock;
  move();
  const timer = setInterval(() => document.visibilityState === "visible" && move(), EVERY_MS);
  document.addEventListener("visibilitychange", move);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", move);
  };
}

function move(): void {
  now.value = serverNow();
}
