/** Signing in with a passkey: what the server asks of the browser, and what the browser answers. */
import type { Api } from "../http/api.ts";
import { t } from "../words/words.ts";
import { forgetHospital } from "./hospital.ts";
import { refusal } from "./signin.ts";
import "../words/more/signin.ts";

type RequestJson = PublicKeyCredentialRequestOptionsJSON;

/** Whether this browser can do it here: not at a bare IP address, nor where its people switched it off. */
export const possible: boolean =
  typeof PublicKeyCredential === "function" &&
  typeof PublicKeyCredential.parseRequestOptionsFromJSON === "function" &&
  !/^[\d.]+$|:/.test(location.hostname);

/** What is offered where the handle is typed. */
let standing: { readonly stop: AbortController; readonly over: Promise<unknown> } | null = null;

/** Sign in with any passkey of this server's. A sentence where that could not be; empty where one turned back. */
export function enter(api: Api): Promise<string | undefined> {
  return done(async () => {
    const credential = await asked(api, "/api/sessions/passkey/options");
    await api.post("/api/sessions/passkey", { credential });
    forgetHospital();
  });
}

/**
 * Let the browser offer passkeys where the handle is typed, until `signal` says that it is enough. `entered` is called
 * when one was taken.
 */
export async function offer(api: Api, signal: AbortSignal, entered: () => void): Promise<void> {
  if (!possible || !(await PublicKeyCredential.isConditionalMediationAvailable?.()) || signal.aborted) return;
  const offered = new AbortController();
  signal.addEventListener("abort", () => offered.abort());
  const over = done(async () => {
    const more = { mediation: "conditional", signal: offered.signal } as const;
    const credential = await asked(api, "/api/sessions/passkey/options", more);
    await api.post("/api/sessions/passkey", { credential });
    forgetHospital();
  });
  standing = { stop: offered, over };
  const refused = await over;
  if (refused === undefined && !signal.aborted) entered();
}

/** What the browser answers to what the server asks at `path`. Rejects where one turned back. */
export async function asked(api: Api, path: string, more: CredentialRequestOptions = {}): Promise<unknown> {
  if (!more.mediation) await alone();
  const options = await api.post<RequestJson>(path, {});
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const answer = await navigator.credentials.get({ publicKey, ...more }).catch(turnedBack);
  if (!answer) throw new TurnedBack();
  return json(answer);
}

/** A browser asks one thing at a time. */
export async function alone(): Promise<void> {
  standing?.stop.abort();
  await standing?.over;
  standing = null;
}

class TurnedBack extends Error {}

/** A sentence where `act` could not be; empty where one turned back. */
export async function done(act: () => Promise<void>): Promise<string | undefined> {
  try {
    return await refusal(act);
  } catch (error) {
    if (error instanceof TurnedBack) return "";
    return t("signin.passkey_failed");
  }
}

/** Browsers say no more than that nothing came of it: by whose wish is not to be known. */
export function turnedBack(error: unknown): null {
  if (error instanceof DOMException && (error.name === "NotAllowedError" || error.name === "AbortError")) return null;
  throw error;
}

/** A credential as the server reads it. */
export function json(credential: Credential): unknown {
  return (credential as PublicKeyCredential).toJSON();
}
