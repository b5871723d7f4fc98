/** Who this page is signed in as: what the server said last, and until it says, what this device remembers. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Me } from "../wire/frames.ts";
import type { Link } from "../wire/link.ts";

const KEY = "curbside.me";
const remembered = signal<Me | null>(recall());
/** Who was here when the page was opened, as this device remembers. */
export const last: Me | null = remembered.peek();
/** Whether there is a sign-in to try: the server sets this mark beside the session, which no page can read. */
export const mayBeSignedIn: boolean = document.cookie.includes("curbside_signed_in=1");

/**
 * `unknown`: the server is being asked, and this device remembers nobody. `expired`: the sign-in ended while the page
 * was in use; what is on it stays.
 */
export type Session =
  | { readonly is: "unknown" }
  | { readonly is: "out" }
  | { readonly is: "in"; readonly me: Me }
  | { readonly is: "expired"; readonly me: Me };

/** The session behind `link`. */
export function sessionOf(link: Link): ReadonlySignal<Session> {
  let known: Me | null = null;
  return computed(() => {
    // Whoever is greeted again as the same keeps their screens, and what they hold in hand there.
    known = unchanged(known, link.me.value ?? remembered.value);
    const me = known;
    const state = link.state.value;
    const signedOut = state.is === "ended" && state.why === "signed_out";
    if (!me) return { is: signedOut ? "out" : "unknown" };
    if (!signedOut) return { is: "in", me };
    return link.me.value ? { is: "expired", me } : { is: "out" };
  });
}

function unchanged(known: Me | null, me: Me | null): Me | null {
  return JSON.stringify(known) === JSON.stringify(me) ? known : me;
}

/** Keep who one is for the next page: it shows their screens before the line is up. */
export function remember(me: Me): void {
  remembered.value = me;
  try {
    localStorage.setItem(KEY, JSON.stringify(me));
  } catch {
    // Without storage the next page asks the server first.
  }
}

/** Forget who was here. */
export function forget(): void {
  remembered.value = null;
  try {
    localStorage.removeItem(KEY);
  } catch {
    // There was nothing to forget.
  }
}

function recall(): Me | null {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "null") as Me | null;
  } catch {
    return null;
  }
}
