/** Registering: with a passkey, or with a password that one signs in with at once. */
import type { Api } from "../http/api.ts";
import { makeFirst } from "../signin/newPasskeys.ts";
import { refusal, signIn } from "../signin/signin.ts";
import { t } from "../words/words.ts";
import type { Claim } from "./claim.ts";
import "../words/more/register.ts";

/** How one will sign in. */
export type WayIn = "passkey" | "password";

export interface Wish {
  readonly handle: string;
  readonly way: WayIn;
  readonly password: string;
  readonly claim: Claim;
}

/** Register, and be signed in. A sentence where that could not be. */
export async function registered(api: Api, wish: Wish): Promise<string | undefined> {
  const { handle, way, password, claim } = wish;
  if (!handle || !claim.family.trim() || !claim.country) return t("register.incomplete");
  return way === "passkey" ? withPasskey(api, handle, claim) : withPassword(api, handle, password, claim);
}

async function withPasskey(api: Api, handle: string, claim: Claim): Promise<string | undefined> {
  let turnedBack = false;
  const register = async () => {
    const passkey = await makeFirst(api, handle, t("register.passkey_name"));
    turnedBack = !passkey;
    if (passkey) await api.post("/api/registrations", { ...claim, handle, passkey });
  };
  try {
    const refused = await refusal(register);
    return turnedBack ? t("register.passkey_none") : refused;
  } catch {
    return t("register.passkey_failed");
  }
}

async function withPassword(api: Api, handle: string, password: string, claim: Claim): Promise<string | undefined> {
  if (!password) return t("register.no_password");
  const refused = await refusal(() => api.post("/api/registrations", { ...claim, handle, password }));
  if (refused) return refused;
  const entry = await signIn(api, handle, password);
  return entry.is === "in" ? undefined : entry.says;
}
