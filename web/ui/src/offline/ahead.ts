import { unfetched } from "../design/later.tsx";
import { thrifty } from "../pictures/thrift.ts";

/** What the page needs first goes first. */
const BEGUN_AFTER_MS = 5_000;

/**
 * Fetch what a tap would fetch, once the page is drawn and as long as the line bears it: where the browser has no worker
 * that keeps the whole page, a tap would wait for it, or find nothing without a line.
 */
export function fetchAhead(): void {
  if (!("serviceWorker" in navigator)) setTimeout(() => void fetchAll(), BEGUN_AFTER_MS);
}

/** One after the other; what comes brings more along. */
async function fetchAll(): Promise<void> {
  for (const fetch of unfetched) {
    if (thrifty()) return;
    await fetch().catch(() => undefined);
  }
}
