/** A case's pages as its strip shows them: what the room's record says, and what the server knows besides. */
import type { RungPage, RungPerson, RungTier } from "../../paging/rung.ts";
import type { By, PageNow } from "../../wire/frames.ts";
import type { Item } from "../store/item.ts";

/** What somebody answered, with who they are. */
export interface Said {
  readonly by: By;
  readonly answer: "accept" | "decline";
  readonly read_back?: string | undefined;
  readonly reason?: string | undefined;
}

/** The pages that are shown: those that ring; where none does, the newest, unless its case was made more urgent. */
export function current(pages: readonly PageNow[]): readonly PageNow[] {
  const ringing = pages.filter(({ state }) => state === "ringing");
  const newest = pages.filter(({ state }) => state !== "replaced").at(-1);
  return ringing.length > 0 || !newest ? ringing : [newest];
}

/** What people answered to a page, as far as that is loaded; of each person the last. */
export function answersIn(items: readonly Item[], page: string): ReadonlyMap<string, Said> {
  const said = new Map<string, Said>();
  for (const item of items) {
    if (item.is !== "note" || item.entry.kind !== "responded" || item.entry.body.page !== page) continue;
    said.set(item.entry.by.person, { by: item.entry.by, ...item.entry.body });
  }
  return said;
}

/** Who has taken a page. */
export function takerOf({ answers }: PageNow): string | undefined {
  return answers.find(({ answer }) => answer === "accept")?.person;
}

/** Whether a person has posted in what is loaded. */
export function hasSpoken(items: readonly Item[], person: string): boolean {
  return items.some((item) => item.is === "post" && item.post.by.person === person);
}

/** The circles of a page, each person with how far they have come; `told` is what the server knows, if it has said. */
export function circlesOf(page: PageNow, told: RungPage | undefined, now: number): readonly RungTier[] {
  return page.rings.map(({ people, ...ring }, at) => {
    const known = told?.tiers.find(({ tier }) => tier === ring.tier);
    const over = page.state !== "ringing" || at < page.rings.length - 1 || ring.deadline_at <= now;
    const each = people.map((person) => personOf(page, person, over, known, ring.at));
    return { ...ring, ...(known?.role && { role: known.role }), people: each };
  });
}

/** What is on record counts, whatever was read before it came. */
function personOf(page: PageNow, person: string, over: boolean, known: RungTier | undefined, at: number): RungPerson {
  const told = known?.people.find((one) => one.person === person);
  const { handle = "" } = told ?? {};
  const answer = page.answers.find((one) => one.person === person);
  if (answer) return { person, handle, state: answer.answer === "accept" ? "accepted" : "declined", at: answer.at };
  if (over) return { person, handle, state: "lapsed", at: told?.state === "lapsed" ? told.at : at };
  return told ?? { person, handle, state: "paged", at };
}
