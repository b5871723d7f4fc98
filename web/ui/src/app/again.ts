/** Whoever signs in over a page that is locked, or whose sign-in ended, opens it if it is theirs. */
import type { Api } from "../http/api.ts";
import { refusal } from "../signin/signin.ts";
import type { Link } from "../wire/link.ts";
import { absent_ms, note } from "./idle.ts";
import { forget } from "./session.ts";

interface Current {
  readonly person: string;
  /** Unix ms, the server's. */
  readonly proved_at: number;
}
type Way = Pick<Api, "get">;

/**
 * Somebody has signed in over the page of `person`: `open` it for them. Another's begins anew, and what was written on
 * this one is kept for who wrote it. A sentence where the server did not say who it was.
 */
export async function openFor(api: Way, person: string, open: () => void): Promise<string | undefined> {
  let now = person;
  const refused = await refusal(async () => {
    now = (await current(api)).person;
  });
  if (refused !== undefined) return refused;
  if (now === person) open();
  else beginAnew();
  return undefined;
}

/**
 * Whether they proved who they are while nobody was here, as at their hospital: whoever comes back from there is not
 * asked again. What was proved in the first half of that time may be from when they last worked here.
 */
export async function provedMeanwhile(api: Way, link: Pick<Link, "now">): Promise<boolean> {
  if (absent_ms === 0) return false;
  const isLate = ({ proved_at }: Current) => link.now() - proved_at < absent_ms / 2;
  return current(api).then(isLate, () => false);
}

function current(api: Way): Promise<Current> {
  return api.get<Current>("/api/sessions/current");
}

/** At the first screen: to come to a case is seen there, and is for them to decide. */
function beginAnew(): void {
  forget();
  note();
  location.assign("/");
}
