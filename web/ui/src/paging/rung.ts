/** Whom a case has rung and how far each has come, as the server knows it: devices and looks leave no event. */
import type { Api } from "../http/api.ts";

export type Progress = "paged" | "delivered" | "seen" | "accepted" | "declined" | "lapsed";

export const ROLES = [
  "on_call_institution",
  "on_call_network",
  "on_call",
  "present",
  "matching",
  "coordinator",
] as const;
export type TierRole = (typeof ROLES)[number];

/** One person of a circle. `at`: since when that is so, Unix ms. */
export interface RungPerson {
  readonly person: string;
  readonly handle: string;
  readonly state: Progress;
  readonly at: number;
}

export interface RungTier {
  readonly tier: number;
  readonly role?: TierRole;
  readonly at: number;
  readonly deadline_at: number;
  readonly people: readonly RungPerson[];
}

export interface RungPage {
  readonly id: string;
  readonly tiers: readonly RungTier[];
}

type Way = Pick<Api, "get">;

/** The pages of a case. Rejects as `Api` does. */
export async function pagesOf(api: Way, room: string): Promise<readonly RungPage[]> {
  return (await api.get<{ pages: readonly RungPage[] }>(`/api/cases/${encodeURIComponent(room)}/pages`)).pages;
}

/** Who has taken a page, as far as one may know it. */
export async function takerOf(api: Way, room: string, page: string): Promise<RungPerson | undefined> {
  const pages = await pagesOf(api, room).catch(() => []);
  const tiers = pages.find(({ id }) => id === page)?.tiers ?? [];
  return tiers.flatMap(({ people }) => people).find(({ state }) => state === "accepted");
}
