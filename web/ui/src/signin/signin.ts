/** Signing in and out, over HTTP. */
import type { Api } from "../http/api.ts";
import { Offline, Problem } from "../http/problem.ts";
import { t } from "../words/words.ts";
import { forgetHospital } from "./hospital.ts";

/** How one signs in to this server. `idle_s`: after so long without a key one is asked again; 0: never. */
export interface Ways {
  readonly ways: readonly string[];
  readonly demo: boolean;
  readonly idle_s: number;
}

/** What came of a handle and a password: `in`, a code `wanted` too, or a sentence. */
export type Entry = { readonly is: "in" } | { readonly is: "wanted" | "refused"; readonly says: string };

/** Sign in; with `code` where the authenticator app was asked for. */
export async function signIn(api: Api, handle: string, password: string, code?: string): Promise<Entry> {
  let wanted = false;
  const says = await refusal(() =>
    api.post("/api/sessions", code ? { handle, password, code } : { handle, password }).catch((error: unknown) => {
      wanted = error instanceof Problem && error.code === "second_factor";
      throw error;
    }),
  );
  if (says !== undefined) return { is: wanted ? "wanted" : "refused", says };
  forgetHospital();
  return { is: "in" };
}

/** Whether who is signed in has to set up a second factor before anything else. */
export async function mustEnrol(api: Api): Promise<boolean> {
  const current = api.get<{ scopes?: readonly string[] }>("/api/sessions/current");
  return current.then(
    ({ scopes }) => scopes?.includes("enrol") ?? false,
    () => false,
  );
}

/** End the session on the server. Only there can it be ended: its cookie is out of this page's reach. */
export async function signOut(api: Api): Promise<string | undefined> {
  return refusal(() => api.delete("/api/sessions/current").catch(alreadyOut));
}

function alreadyOut(error: unknown): void {
  if (!(error instanceof Problem) || error.status !== 401) throw error;
}

/** What went wrong with `act`, as a sentence. */
export async function refusal(act: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error.detail;
    if (error instanceof Offline) return t("common.unreachable");
    throw error;
  }
}
