/** Signing in and out, over HTTP. */
import type { Api } from "../http/api.ts";
import { Offline, Problem } from "../http/problem.ts";
import { t } from "../words/words.ts";

/** Nothing where the cookie is set, else what was wrong and what to do. */
export async function signIn(api: Api, handle: string, password: string): Promise<string | undefined> {
  return refusal(() => api.post("/api/sessions", { handle, password }));
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
    if (error instanceof Offline) return t("signin.offline");
    throw error;
  }
}
