import type { Entry, PageNow } from "../../wire/frames.ts";

export type Paged = Extract<Entry, { kind: "paged" }>;
export type Responded = Extract<Entry, { kind: "responded" }>;
export type Escalated = Extract<Entry, { kind: "escalated" }>;

type Pages = readonly PageNow[];

const SYSTEM = "system";

/** The pages after a tier has rung, or somebody has wished for a page. */
export function paged(pages: Pages, entry: Paged): Pages {
  const { page, tier, people, deadline_at } = entry.body;
  const known = pages.some(({ id }) => id === page) ? pages : [...replaced(pages, entry), begun(entry)];
  if (tier === 0) return known;
  const ring = { tier, at: entry.at, deadline_at, people: people ?? [] };
  return changed(known, page, (one) => ({ ...one, state: "ringing", rings: [...one.rings, ring] }));
}

/** The pages after somebody has answered one. Of a page that is not loaded nothing is known. */
export function answered(pages: Pages, { at, by, body }: Responded): Pages {
  return changed(pages, body.page, (page) => ({
    ...page,
    state: body.answer === "accept" ? "answered" : page.state,
    answers: [
      ...page.answers.filter(({ person }) => person !== by.person),
      { person: by.person, answer: body.answer, at },
    ],
  }));
}

/** The pages after a tier is over; the next one, if there is one, follows. */
export function escalated(pages: Pages, { body }: Escalated): Pages {
  return changed(pages, body.page, (page) => ({ ...page, state: "over" }));
}

function begun({ at, by, body }: Paged): PageNow {
  const { page: id, specialty, person } = body;
  const wanted = { ...(specialty && { specialty }), ...(person && { person }) };
  return { id, at, by: by.person, ...wanted, state: "ringing", rings: [], answers: [] };
}

/** A case that has become more urgent is paged anew: what it asked before is over. */
function replaced(pages: Pages, { by }: Paged): Pages {
  if (by.person !== SYSTEM) return pages;
  const open = (page: PageNow) => page.by === SYSTEM && (page.state === "ringing" || page.state === "over");
  return pages.map((page) => (open(page) ? { ...page, state: "replaced" } : page));
}

function changed(pages: Pages, id: string, change: (page: PageNow) => PageNow): Pages {
  return pages.map((page) => (page.id === id ? change(page) : page));
}
