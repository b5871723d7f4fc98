import type { By, Diagnosis, Entry, OpinionsNow } from "../../wire/frames.ts";

export type Opined = Extract<Entry, { kind: "opined" }>;

/** That somebody has said what they think it is; null in place of what may not be read yet. */
export interface Said {
  readonly seq: number;
  readonly at: number;
  readonly by: By;
  readonly differential: readonly Diagnosis[] | null;
  /** What it weighs in the pool; null where it may not be read, or too little is known of its author. */
  readonly weight: number | null;
}

/** What people think it is, as far as it may be read. */
export interface Opinions {
  /** So many have said it. */
  readonly given: number;
  /** Those of them who are known by name. */
  readonly people: ReadonlySet<string>;
  /** Since this `seq` all may read it. */
  readonly opened: number | null;
  /** In the order of the log, as far as they were told. */
  readonly said: readonly Said[];
}

export const NO_OPINIONS: Opinions = { given: 0, people: new Set(), opened: null, said: [] };

/** As the server folded them; what they say is told besides. */
export function opinionsOf(now: OpinionsNow | undefined): Opinions {
  if (now === undefined) return NO_OPINIONS;
  return { given: now.given, people: new Set(now.people), opened: now.opened ?? null, said: [] };
}

/** One more has said it, or one has once more. */
export function opined(opinions: Opinions, entry: Opined): Opinions {
  const { person } = entry.by;
  const more = opinions.people.has(person) ? 0 : 1;
  const people = new Set(opinions.people).add(person);
  return { ...opinions, given: opinions.given + more, people, said: placed(opinions.said, saidIn(entry)) };
}

/** From now on all may read it, if it was not open before. */
export function opened(opinions: Opinions, seq: number): Opinions {
  return opinions.given === 0 || opinions.opened !== null ? opinions : { ...opinions, opened: seq };
}

/** What was withheld is told: of what is held already, or of what is older than what is loaded. */
export function disclosed(opinions: Opinions, entries: readonly Entry[]): Opinions {
  const told = entries.filter((entry): entry is Opined => entry.kind === "opined");
  const people = new Set([...opinions.people, ...told.map(({ by }) => by.person)]);
  const said = told.map(saidIn).reduce(placed, opinions.said);
  return { ...opinions, given: Math.max(opinions.given, people.size), people, said };
}

/**
 * What one person thinks. `differential`: the last that they said; `counted`: the last before all could read the others';
 * null where it may not be read, or there is none. `weight`: what `counted` weighs in the pool; null where that is not
 * told, or too little is known of its author.
 */
export interface Held {
  readonly by: By;
  readonly seq: number;
  readonly at: number;
  readonly times: number;
  readonly differential: readonly Diagnosis[] | null;
  readonly counted: readonly Diagnosis[] | null;
  readonly weight: number | null;
}

const NOT_POOLED = { counted: null, weight: null };

/** By person, whoever said theirs last comes last. */
export function heldIn({ said, opened }: Opinions): readonly Held[] {
  const held = new Map<string, Held>();
  for (const { by, seq, at, differential, weight } of said) {
    const before = held.get(by.person);
    const late = opened !== null && seq > opened;
    const pooled = late ? (before ?? NOT_POOLED) : { counted: differential, weight };
    const { counted, weight: weighs } = pooled;
    held.set(by.person, { by, seq, at, times: (before?.times ?? 0) + 1, differential, counted, weight: weighs });
  }
  return [...held.values()].sort((one, other) => one.seq - other.seq);
}

function saidIn({ seq, at, by, body }: Opined): Said {
  if ("withheld" in body) return { seq, at, by, differential: null, weight: null };
  return { seq, at, by, differential: body.differential, weight: body.weight ?? null };
}

/** `one` in its place in the log; what is known is not forgotten. */
function placed(said: readonly Said[], one: Said): readonly Said[] {
  const before = said.find(({ seq }) => seq === one.seq);
  if (before !== undefined && one.differential === null) return said;
  return [...said.filter(({ seq }) => seq !== one.seq), one].sort((first, second) => first.seq - second.seq);
}
