/** Passkeys: what the server asks of the browser, and what the browser answers. */
import type { Api } from "../http/api.ts";
import { t } from "../words/words.ts";
import { forgetHospital } from "./hospital.ts";
import { refusal } from "./signin.ts";
import "../words/more/signin.ts";

type CreationJson = PublicKeyCredentialCreationOptionsJSON;
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

/** Make a passkey for whoever is signed in. Rejects with `Problem`; `false` where one turned back. */
export async function make(api: Api, name: string): Promise<boolean> {
  const options = await api.post<CreationJson>("/api/passkeys/options", {});
  const made = await created(PublicKeyCredential.parseCreationOptionsFromJSON(options));
  if (!made) return false;
  await api.post("/api/passkeys", { name, credential: json(made) });
  return true;
}

/** A passkey for an account that is to be. `person`: who that will be, as the server named them. */
export interface FirstPasskey {
  readonly person: string;
  readonly name: string;
  readonly credential: unknown;
}

/** Make the passkey of an account that is to have `handle`. Rejects as `make`; `null` where one turned back. */
export async function makeFirst(api: Api, handle: string, name: string): Promise<FirstPasskey | null> {
  const options = await api.post<CreationJson>("/api/registrations/options", { handle });
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const person = new TextDecoder().decode(publicKey.user.id);
  const made = await created(publicKey);
  return made && { person, name, credential: json(made) };
}

/** Prove with a passkey who one is. A sentence where that could not be; empty where one turned back. */
export function prove(api: Api): Promise<string | undefined> {
  return done(async () => {
    const credential = await asked(api, "/api/sessions/current/proof/options");
    await api.post("/api/sessions/current/proof", { credential });
  });
}

async function asked(api: Api, path: string, more: CredentialRequestOptions = {}): Promise<unknown> {
  if (!more.mediation) await alone();
  const options = await api.post<RequestJson>(path, {});
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const answer = await navigator.credentials.get({ publicKey, ...more }).catch(turnedBack);
  if (!answer) throw new TurnedBack();
  return json(answer);
}

async function created(publicKey: PublicKeyCredentialCreationOptions): Promise<Credential | null> {
  await alone();
  return navigator.credentials.create({ publicKey }).catch(turnedBack);
}

/** A browser asks one thing at a time. */
async function alone(): Promise<void> {
  standing?.stop.abort();
  await standing?.over;
  standing = null;
}

class TurnedBack extends Error {}

async function done(act: () => Promise<void>): Promise<string | undefined> {
  try {
    return await refusal(act);
  } catch (error) {
    if (error instanceof TurnedBack) return "";
    return t("signin.passkey_failed");
  }
}

/** Browsers say no more than that nothing came of it: by whose wish is not to be known. */
function turnedBack(error: unknown): null {
  if (error instanceof DOMException && (error.name === "NotAllowedError" || error.name === "AbortError")) return null;
  throw error;
}

function json(credential: Credential): unknown {
  return (credential as PublicKeyCredential).toJSON();
}
