/** Chance that a test can repeat: the same seed gives the same logs and the same cuts. */

import type { By, Entry } from "../../src/wire/frames.ts";
import {
  act,
  amend,
  ana,
  ben,
  cleo,
  close,
  measured,
  mo,
  pin,
  post,
  retract,
  type Said,
  story,
  system,
  take,
  unpin,
} from "./story.ts";

export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** A whole number from 0 up to, but not including, `below` (mulberry32). */
  upTo(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  }

  of<T>(these: readonly T[]): T {
    return these[this.upTo(these.length)] as T;
  }
}

/** A log of `length` events in which everything happens that can, to posts old and new. */
export function anyLog(chance: Chance, length: number): Entry[] {
  const said: Said[] = [];
  const alive: string[] = [];
  const pinned: string[] = [];
  while (said.length < length - 3) said.push(anything(chance, `e${said.length + 2}`, alive, pinned));
  return story(...said, close(), { by: system, kind: "sealed", body: { upto: length - 1, root: "5e", key_id: "k1" } });
}

const PEOPLE: readonly By[] = [ana, ben, cleo, mo];

function anything(chance: Chance, id: string, alive: string[], pinned: string[]): Said {
  const by = chance.of(PEOPLE);
  const target = alive.length === 0 ? "" : chance.of(alive);
  const deeds: (() => Said | null)[] = [
    () => amend(by, target, `text ${id}`),
    () => take(by, target, chance.of(["agree", "disagree", "withdraw"])),
    () => take(by, target, chance.of(["agree", "disagree"]), `note ${id}`),
    () => (chance.upTo(4) === 0 ? gone(alive, pinned, target, retract(by, target)) : null),
    () => (pinned.includes(target) ? dropped(pinned, target, unpin(target)) : added(pinned, target, pin(target))),
    () => act(target, chance.of(["accepted", "doing", "done", "cannot", "stopped"]), 1 + chance.upTo(2)),
    () => added(alive, id, asking(by, chance.of(PEOPLE), id)),
    () => added(alive, id, post(by, `answer ${id}`, { reply_to: target })),
    () => ({ by: cleo, kind: "led", body: { person: by.person } }),
    () => ({ by: cleo, kind: "hand_over_asked", body: { person: by.person, note: `note ${id}` } }),
    () => ({ by, kind: "handed_over", body: { person: by.person } }),
    () => ({ by: mo, kind: "invited", body: { person: by.person } }),
    () => ({ by: mo, kind: "removed", body: { person: by.person } }),
    () => measured("pain", chance.upTo(11)),
    () => ({ by: cleo, kind: "revised", body: { acuity: chance.of(["stat", "asap"]), request: `request ${id}` } }),
    () => ({ by: cleo, kind: "widened", body: { reach: "world" } }),
    () => ({ by: cleo, kind: "observers_changed", body: { mode: "delayed", delay_s: chance.upTo(90) } }),
  ];
  const said = target === "" || chance.upTo(2) === 0 ? null : chance.of(deeds)();
  return said ?? added(alive, id, post(by, `text ${id}`));
}

function asking(by: By, to: By, id: string): Said {
  return { by, kind: "post", body: { text: `text ${id}`, kind: "question", evidence: [], images: [], to: to.person } };
}

function added(ids: string[], id: string, said: Said): Said {
  ids.push(id);
  return said;
}

function dropped(ids: string[], id: string, said: Said): Said {
  ids.splice(ids.indexOf(id), 1);
  return said;
}

function gone(alive: string[], pinned: string[], id: string, said: Said): Said {
  if (pinned.includes(id)) pinned.splice(pinned.indexOf(id), 1);
  return dropped(alive, id, said);
}
