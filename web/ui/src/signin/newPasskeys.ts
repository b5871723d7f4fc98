/** Making passkeys, and proving with one who one is. */
import type { Api } from "../http/api.ts";
import { alone, asked, done, json, turnedBack } from "./passkeys.ts";

type CreationJson = PublicKeyCredentialCreationOptionsJSON;

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

async function created(publicKey: PublicKeyCredentialCreationOptions): Promise<Credential | null> {
  await alone();
  return navigator.credentials.create({ publicKey }).catch(turnedBack);
}
