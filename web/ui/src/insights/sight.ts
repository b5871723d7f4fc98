import type { Me } from "../wire/frames.ts";

const VERIFIED_TIER = 2;

/** Whether the figures are for this person; the server has the last word. */
export function seesFigures({ role, tier }: Me): boolean {
  return role === "moderator" || (role === "physician" && tier >= VERIFIED_TIER);
}
