/** Where a picture can be had from: each address lasts a few minutes, and is asked for again then. */
import { Api } from "../http/api.ts";
import { thisBrowser } from "../wire/surroundings.ts";

export const api = new Api(thisBrowser());
const SPARE_MS = 30_000;

/** The addresses of a picture. Times are Unix ms. */
export interface Addresses {
  readonly full: string;
  readonly preview: string;
  readonly expires_at: number;
}

const held = new Map<string, Promise<Addresses>>();

/** Rejects with `Problem` where one may not see it, with `Offline` where nobody answered. */
export async function addressesOf(room: string, picture: string): Promise<Addresses> {
  const path = `/api/cases/${room}/images/${picture}`;
  const known = held.get(path);
  if (known !== undefined) {
    const addresses = await known.catch(() => null);
    if (addresses !== null && addresses.expires_at - SPARE_MS > Date.now()) return addresses;
  }
  const asked = api.get<Addresses>(path);
  held.set(path, asked);
  return asked;
}
