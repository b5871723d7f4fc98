/** What the wire needs of a browser, as arguments: tests give it a clock of their own and peers in memory. */

import type { WithEarly } from "./early.ts";

export interface Surroundings {
  /** Unix ms by this machine's clock. */
  now(): number;
  /** Act once, in `ms`; returns what calls it off. */
  after(ms: number, act: () => void): () => void;
  /** From 0 up to, but not including, 1. */
  random(): number;
  fetch: typeof fetch;
  /** A connection that is being opened, or was before this page asked. */
  dial(url: string, protocols: string[]): WebSocket;
  /** An event stream that is being opened. */
  stream(url: string): EventSource;
  /** Where this page came from, as `https://host:port`. */
  readonly origin: string;
  /** Whether the browser believes that there is a network. */
  online(): boolean;
  /** Absent where the page came over plain HTTP, and in old browsers. */
  readonly locks: Pick<LockManager, "request"> | undefined;
  /** What is kept for the next page of this tab; absent where the browser keeps nothing. */
  readonly session: Pick<Storage, "getItem" | "setItem"> | undefined;
  /** Tells `online`, `offline` and `pageshow`, and what somebody does on the page. */
  readonly window: EventTarget;
  /** Tells `visibilitychange`. */
  readonly document: EventTarget & { readonly visibilityState: DocumentVisibilityState };
}

/** The browser that this page is open in. */
export function thisBrowser(): Surroundings {
  return {
    now: () => Date.now(),
    after: (ms, act) => {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
    random: () => Math.random(),
    fetch: (input, init) => fetch(input, init),
    dial,
    stream: (url) => new EventSource(url),
    origin: location.origin,
    locks: navigator.locks,
    session: session(),
    online: () => navigator.onLine,
    window,
    document,
  };
}

function session(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}

/** The connection that was opened early, the first time. */
function dial(url: string, protocols: string[]): WebSocket {
  const page = globalThis as WithEarly;
  const early = page.curbsideEarly;
  page.curbsideEarly = null;
  return early?.take() ?? new WebSocket(url, protocols);
}
