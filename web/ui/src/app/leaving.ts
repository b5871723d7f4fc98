/** Signing out: nothing of this person stays on the device. */
import { forgetDrafts as forgetAsked } from "../ask/draft.ts";
import type { Api } from "../http/api.ts";
import type { Client } from "../live/client.ts";
import { forgetDrafts as forgetSaid } from "../room/composer/drafts.ts";
import { farewell } from "../signin/hospital.ts";
import { signOut } from "../signin/signin.ts";
import { forgetFilter } from "../worklist/filter.ts";
import { forget } from "./session.ts";

/** End the session on the server and here, and begin anew at the sign-in. A sentence where the server was not reached. */
export async function leave(api: Api, client: Client, person: string): Promise<string | undefined> {
  const refused = await signOut(api);
  if (refused) return refused;
  await client.signedOut();
  forgetAsked(person);
  forgetSaid(person);
  forgetFilter(person);
  forget();
  sessionStorage.clear();
  location.assign((await farewell(api)) ?? "/");
  return undefined;
}
