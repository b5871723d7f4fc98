/** The addresses that have a screen: one page serves them all. The server has the same (web/pages/serving.py). */
export const ADDRESSES = [
  "/",
  "/signin",
  "/register",
  "/account",
  "/ask",
  "/case/{id}",
  "/archive",
  "/archive/{id}",
  "/verification",
  "/moderation",
  "/moderation/bias",
  "/moderation/verifications",
  "/sanctions",
  "/agreement",
  "/institutions",
  "/reach",
  "/rosters",
  "/awards",
  "/insights",
  "/surveys",
  "/credibility",
  "/credibility/{id}",
  "/interests",
] as const;

const SCREENS = ADDRESSES.map((address) => new RegExp(`^${address.replace("{id}", "[^/]+")}$`));

/** Whether there is a screen at `path`. */
export function isScreen(path: string): boolean {
  return SCREENS.some((screen) => screen.test(path));
}
