/** The people of the tests, and logs of a room in which they did things one after another. */

import { createHash } from "node:crypto";
import type { ActState, By, Case, Entry, Joined, State, Verdict } from "../../src/wire/frames.ts";

export const ROOM = "case1";
export const AT = 1_800_000_000_000;

export const ana: By = { person: "ana", handle: "dr_ana", role: "physician", specialty: "cardiology", tier: 3 };
export const ben: By = { person: "ben", handle: "dr_ben", role: "physician", specialty: "toxicology", tier: 2 };
export const cleo: By = { person: "cleo", handle: "nurse_cleo", role: "clinician", tier: 1 };
export const mo: By = { person: "mo", handle: "mo_mod", role: "moderator", tier: 3 };
export const system: By = { person: "system" };

export const CASE: Case = {
  id: ROOM,
  title: "Chest pain after a bite",
  acuity: "urgent",
  specialties: ["cardiology"],
  languages: ["en"],
  situation: "Adult with chest pain, two hours.",
  assessment: "Unsure: cardiac or toxic.",
  request: "Antivenom before transfer?",
  opened_at: AT,
  presenter: "cleo",
  reach: "network",
  observers: { mode: "live", delay_s: 0 },
  status: "open",
};

/** What an event says: all of an entry but its place in the log. */
export type Said = Entry extends infer E ? (E extends Entry ? Pick<E, "by" | "kind" | "body"> : never) : never;

export const opened = (): Said => ({ by: cleo, kind: "opened", body: { case: CASE } });
export const post = (by: By, text: string, rest: { reply_to?: string; to?: string } = {}): Said => ({
  by,
  kind: "post",
  body: { text, kind: "comment", evidence: [], images: [], ...rest },
});
export const amend = (by: By, target: string, text: string): Said => ({ by, kind: "amended", body: { target, text } });
export const retract = (by: By, target: string): Said => ({
  by,
  kind: "retracted",
  body: { target, reason: "Meant for another room." },
});
export const take = (by: By, target: string, stance: "agree" | "disagree" | "withdraw", note?: string): Said => ({
  by,
  kind: "corroborated",
  body: { target, stance, evidence: [], ...(note === undefined ? {} : { note }) },
});
export const pin = (target: string): Said => ({ by: cleo, kind: "pinned", body: { target } });
export const unpin = (target: string): Said => ({ by: cleo, kind: "unpinned", body: { target } });
export const act = (target: string, state: ActState, version = 1): Said => ({
  by: cleo,
  kind: "acted",
  body: { target, state, version },
});
export const poll = (by: By, options: readonly string[] = ["Yes", "No"], question = "Antivenom?"): Said => ({
  by,
  kind: "poll_opened",
  body: { question, options },
});
/** A ballot as who may read it is sent it; without `choices` as all others are. */
export const ballot = (by: By, target: string, choices?: readonly number[]): Said =>
  (choices
    ? { by, kind: "poll_voted", body: { target, choices } }
    : { by, kind: "poll_voted", target, body: { withheld: true } }) as Said;
export const pollClose = (target: string, voters: number, counts: readonly number[]): Said => ({
  by: cleo,
  kind: "poll_closed",
  body: { target, voters, counts },
});
export const outcome = (verdict: Verdict, diagnosis?: string): Said => ({
  by: cleo,
  kind: "outcome",
  body: { verdict, supports: [], contradicts: [], ...(diagnosis === undefined ? {} : { diagnosis }) },
});
export const measured = (name: string, value: number, taken_at = AT): Said => ({
  by: cleo,
  kind: "vitals_added",
  body: { taken_at, values: [{ name, value, unit: "{score}" }] },
});
export const revise = (body: { acuity?: Case["acuity"]; background?: string }): Said => ({
  by: cleo,
  kind: "revised",
  body,
});
export const close = (): Said => ({
  by: cleo,
  kind: "closed",
  body: { disposition: "Transferred", summary: "Better." },
});

/** The log of a room that was opened and in which all this was said then: the nth event is `e<n>`. */
export function story(...said: readonly Said[]): Entry[] {
  return logged([opened(), ...said]);
}

/** The log in which `said` follows on `before`. */
export function continued(before: readonly Entry[], ...said: readonly Said[]): Entry[] {
  return [...before, ...logged(said, before)];
}

function logged(said: readonly Said[], before: readonly Entry[] = []): Entry[] {
  let check = before.at(-1)?.check ?? "";
  return said.map((what, n) => {
    const seq = before.length + n + 1;
    check = createHash("sha256")
      .update(`${check}${JSON.stringify(what)}`)
      .digest("hex")
      .slice(0, 16);
    return { seq, id: `e${seq}`, at: AT + seq * 1_000, check, ...what } as Entry;
  });
}

const NOBODY = { mode: "live", delay_s: 0, total: 0, kinds: {} };

/** The answer to a join, the window beginning after `after`; without `state` it resumes. */
export function joined(log: readonly Entry[], after: number, state?: State, rest: Partial<Joined> = {}): Joined {
  const last = log.at(-1) as Entry;
  return {
    t: "joined",
    re: "j",
    room: ROOM,
    seq: last.seq,
    check: last.check,
    role: "physician",
    as: "contribute",
    case: CASE,
    roster: [],
    viewers: 0,
    observers: NOBODY,
    resumed: state === undefined,
    advice: "Peer advice: the treating clinician decides.",
    events: log.slice(after),
    ...(state === undefined ? {} : { state }),
    ...rest,
  };
}
