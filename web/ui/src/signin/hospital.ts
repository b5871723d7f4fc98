/** Through which hospital this device came in last: who signs out here signs out there as well. */
import type { Api } from "../http/api.ts";

const KEY = "curbside.hospital";

/** Go to the hospital's own sign-in. Rejects with `Problem`. */
export async function goTo(api: Api, id: string): Promise<void> {
  const { location: there } = await api.post<{ location: string }>(`/api/signin/hospitals/${id}`, {});
  keep(id);
  location.assign(there);
}

/** Somebody came in another way. */
export function forgetHospital(): void {
  keep(null);
}

/** Where one signs out of the hospital too, if one came through it and it can be reached. */
export async function farewell(api: Api): Promise<string | null> {
  const id = kept();
  keep(null);
  if (id === null) return null;
  const asked = api.get<{ location: string | null }>(`/api/signin/hospitals/${encodeURIComponent(id)}/farewell`);
  return asked.then(
    (answer) => answer.location,
    () => null,
  );
}

function keep(id: string | null): void {
  try {
    if (id === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, id);
  } catch {
    // Without storage the hospital's own sign-in ends in its own time.
  }
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
