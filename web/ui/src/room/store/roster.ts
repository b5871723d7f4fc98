import type { Here, Joined, Presence as PresenceFrame } from "../../wire/frames.ts";
import type { Presence } from "./store.ts";

/** Before the server has said anything. */
export const NOBODY: Presence = {
  people: [],
  viewers: 0,
  observers: { mode: "off", delay_s: 0, total: 0, kinds: {} },
  seen: new Map(),
  as_of: 0,
};

/** Who is here when the seat is taken, at `as_of` (Unix ms, the server's clock). How far they have read stays known. */
export function seated({ seen }: Presence, joined: Joined, as_of: number): Presence {
  const { roster, viewers, observers } = joined;
  return { people: inOrder(roster), viewers, observers, seen, as_of };
}

/** Who is here after the server has said who came and went. */
export function moved(before: Presence, frame: PresenceFrame): Presence {
  const { viewers, observers, as_of } = frame;
  const seen = furthest(before.seen, frame.seen);
  return { people: come(before.people, frame), viewers, observers, seen, as_of };
}

function come(people: readonly Here[], { here, gone }: PresenceFrame): readonly Here[] {
  if (here.length === 0 && gone.length === 0) return people;
  const now = new Map(people.map((person) => [person.person, person]));
  for (const person of gone) now.delete(person);
  for (const person of here) now.set(person.person, person);
  return inOrder([...now.values()]);
}

function furthest(before: ReadonlyMap<string, number>, seen: PresenceFrame["seen"]): ReadonlyMap<string, number> {
  const read = Object.entries(seen);
  if (read.length === 0) return before;
  const now = new Map(before);
  for (const [person, seq] of read) now.set(person, Math.max(seq, now.get(person) ?? 0));
  return now;
}

/** Whoever came first first, of one moment by handle, as the server has them. */
function inOrder(people: readonly Here[]): readonly Here[] {
  return people.toSorted((one, other) => one.since - other.since || compared(named(one), named(other)));
}

function named({ handle, person }: Here): string {
  return `${handle ?? ""} ${person}`;
}

function compared(one: string, other: string): number {
  return one < other ? -1 : 1;
}
