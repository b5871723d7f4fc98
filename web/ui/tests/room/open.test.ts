import { effect } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { OpenRoom } from "../../src/room/store/open.ts";
import type { Entry, Presence, Provisional } from "../../src/wire/frames.ts";
import { PeerLink, PeerMemory, PeerOutbox, PeerReads, PeerScreen, settled } from "../live/peers.ts";
import { anyLog, Chance } from "./chance.ts";
import {
  AT,
  amend,
  ana,
  ben,
  CASE,
  cleo,
  close,
  continued,
  joined,
  measured,
  mo,
  pin,
  post,
  ROOM,
  retract,
  revise,
  story,
  take,
} from "./story.ts";
import { folded, inOrder, stateOf } from "./summary.ts";

let link: PeerLink;
let outbox: PeerOutbox;
let reads: PeerReads;
let memory: PeerMemory;
let screen: PeerScreen;
let room: OpenRoom;

beforeEach(() => {
  vi.useFakeTimers();
  link = new PeerLink();
  link.up();
  outbox = new PeerOutbox();
  reads = new PeerReads();
  memory = new PeerMemory();
  screen = new PeerScreen();
  room = opened();
});
afterEach(() => {
  room.close();
  vi.useRealTimers();
});

function opened(): OpenRoom {
  return new OpenRoom(ROOM, undefined, { link, outbox, reads, memory, schedule: screen.schedule }, () => {});
}

/** Take the seat in a room with this log, of which the window begins after `after`. */
function sit(log: readonly Entry[], after = 0, rest: Parameters<typeof joined>[3] = {}): void {
  reads.log = log;
  room.joined(joined(log, after, stateOf(log), rest));
  room.received({ t: "caught_up", room: ROOM, seq: log.length });
}

/** The newest events of a log come one by one. */
function come(log: readonly Entry[], after: number): void {
  for (const entry of log.slice(after)) room.received({ t: "event", room: ROOM, ...entry });
  screen.paint();
}

function keys(): unknown {
  return room.timeline.value.map(({ is, key }) => `${is} ${key}`);
}

const presence = (rest: Partial<Presence>): Presence => ({
  ...{ t: "presence", room: ROOM, here: [], gone: [], viewers: 0, seen: {}, as_of: 5 },
  observers: { mode: "live", delay_s: 0, total: 0, kinds: {} },
  ...rest,
});

describe("a seat", () => {
  test("is joining, catches up, and is live", () => {
    const log = story(post(ana, "One vial."));
    expect(room.seat.value).toEqual({ is: "joining" });
    room.joined(joined(log, 1, stateOf(log)));
    expect(room.seat.value).toEqual({ is: "catching_up", as: "contribute", role: "physician" });
    room.received({ t: "caught_up", room: ROOM, seq: 2 });
    expect(room.seat.value).toEqual({ is: "live", as: "contribute", role: "physician" });
  });

  test("shows all that came with it as soon as it is seen to be live", () => {
    const seen: unknown[] = [];
    const stop = effect(() => void seen.push([room.seat.value.is, room.timeline.value.length]));
    sit(story(post(ana, "One vial.")));
    stop();
    expect(seen).toEqual([
      ["joining", 0],
      ["catching_up", 2],
      ["live", 2],
    ]);
  });

  test("is asked for from where one is, and as what one was", () => {
    expect(room.wish).toEqual({ as: undefined });
    const log = story(post(ana, "One vial."));
    sit(log, 0, { as: "follow" });
    room.away();
    expect(room.seat.value).toEqual({ is: "away", as: "follow", role: "physician" });
    expect(room.wish).toEqual({ as: "follow", after: 2, check: log[1]?.check });
  });

  test("of an observer is asked for without a wish", () => {
    sit(story(), 0, { as: "observe" });
    expect(room.wish.as).toBeUndefined();
  });

  test("goes on where it was when it resumes", () => {
    const log = story(post(ana, "One vial."));
    sit(log);
    room.away();
    const more = continued(log, post(ben, "Which snake?"));
    room.joined(joined(more, 2));
    expect(keys()).toEqual(["note e1", "post e2", "post e3"]);
    expect(room.wentBack.value).toBeNull();
  });

  test("says that an event is missing", () => {
    const log = story(post(ana, "One"), post(ben, "Two"), post(ana, "Three"));
    sit(log.slice(0, 2));
    expect(room.received({ t: "event", room: ROOM, ...(log[2] as Entry) })).toBe(false);
    expect(room.received({ t: "events", room: ROOM, events: log.slice(1) })).toBe(false);
    const later = continued(log, post(ben, "Four"), post(ben, "Five"));
    expect(room.received({ t: "events", room: ROOM, events: later.slice(5) })).toBe(true);
  });

  test("of a viewer who steps up is a contributor's, also on the next connection", async () => {
    sit(story(), 0, { as: "follow" });
    const stepping = room.stepUp();
    link.tell({ t: "ack", re: link.last("step_up").id, room: ROOM });
    await stepping;
    expect(room.seat.value).toMatchObject({ is: "live", as: "contribute" });
    expect(room.wish.as).toBe("contribute");
  });

  test("of a viewer who may not step up stays a viewer's", async () => {
    sit(story(), 0, { as: "follow" });
    const stepping = room.stepUp();
    stepping.catch(() => {});
    await link.refuse("step_up", { code: "forbidden", message: "No." });
    await expect(stepping).rejects.toThrow("No.");
    expect(room.wish.as).toBe("follow");
  });
});

describe("what views read", () => {
  test("changes once a frame, however many events came", () => {
    const log = anyLog(new Chance(3), 200);
    sit(log.slice(0, 10));
    const versions: number[] = [];
    const stop = effect(() => void versions.push(room.version.value));
    come(log, 10);
    come(log, 199);
    stop();
    expect(versions).toEqual([versions[0], (versions[0] ?? 0) + 1]);
    expect(room.timeline.value.flatMap((item) => (item.is === "post" ? [item.post] : []))).toEqual(
      inOrder(folded(log).posts),
    );
  });

  test("is another item where a post changed, and the same where not", () => {
    const log = story(post(ana, "One"), post(ben, "Two"));
    sit(log);
    const before = room.timeline.value;
    come(continued(log, take(ben, "e2", "agree")), 3);
    expect(room.timeline.value.map((item, n) => item === before[n])).toEqual([true, false, true]);
  });

  test("has the card as the events make it", () => {
    const log = story(post(ana, "One"));
    sit(log);
    expect(room.card.value).toMatchObject({ status: "open", waiting: false });
    const closed = continued(log, close());
    come(closed, 2);
    expect(room.card.value).toMatchObject({ status: "closed", closed_at: closed[2]?.at });
  });

  test("has the case whole, though the frame had its beginning only", async () => {
    const log = story(post(ana, "One"));
    sit(log, 1, { case: { ...CASE, situation: "Adult", shortened: true } });
    expect(room.case.value?.situation).toBe("Adult");
    await settled();
    screen.paint();
    expect(room.case.value).toMatchObject({ situation: CASE.situation, shortened: false });
    sit(continued(log, post(ben, "Two")), 1, { resumed: true, case: { ...CASE, situation: "Adult", shortened: true } });
    expect(room.case.value?.situation).toBe(CASE.situation);
  });

  test("has the case from its own event where that is loaded", () => {
    sit(story(post(ana, "One")), 0, { case: { ...CASE, situation: "Adult", shortened: true } });
    expect(room.case.value?.situation).toBe(CASE.situation);
    expect(reads.asked).toEqual([]);
  });

  test("is as its presenter has revised it", () => {
    const log = story(post(ana, "One"));
    sit(log);
    come(continued(log, revise({ acuity: "stat", background: "One vial left." })), 2);
    expect(room.case.value).toMatchObject({ acuity: "stat", background: "One vial left.", request: CASE.request });
  });

  test("stays as it was revised when its own event is loaded", () => {
    const log = story(revise({ acuity: "stat" }), post(ana, "One"));
    sit(log, 0, { case: { ...CASE, acuity: "stat" } });
    expect(room.case.value?.acuity).toBe("stat");
  });

  test("has the newest vital signs, also of before what is loaded", () => {
    const log = story(measured("pain", 7), post(ana, "One"));
    sit(log, 2);
    come(continued(log, measured("pain", 4, AT + 60_000)), 3);
    expect(room.card.value?.vitals).toEqual({
      pain: [
        [AT, 7, "{score}"],
        [AT + 60_000, 4, "{score}"],
      ],
    });
  });
});

describe("pinned posts", () => {
  const long = story(post(ana, "One vial."), take(ben, "e2", "agree"), pin("e2"), post(ben, "Two"));

  test("are shown though they are older than what is loaded", () => {
    sit(long, 4);
    expect(room.pinned.value).toMatchObject([{ id: "e2", by: { person: "ana" }, text: "One vial.", agree: 1 }]);
    expect(reads.asked).toEqual([]);
  });

  test("are shown with their post where it is loaded, and change with it", () => {
    sit(long);
    come(continued(long, take(cleo, "e2", "disagree")), 5);
    expect(room.pinned.value).toMatchObject([{ by: ana, agree: 1, disagree: 1, post: { id: "e2" } }]);
  });

  test("are asked for where an event changes one that is not loaded", async () => {
    sit(long, 4);
    reads.log = continued(long, amend(ana, "e2", "Two vials."), post(ben, "Three"), pin("e2"));
    come(reads.log, 5);
    await settled();
    screen.paint();
    expect(reads.asked).toEqual([ROOM]);
    expect(room.pinned.value[0]).toMatchObject({ text: "Two vials.", agree: 0 });
  });

  test("are asked for where one is pinned that is not loaded, and what fails is asked again", async () => {
    const log = story(post(ana, "One vial."), post(ben, "Two"));
    sit(log, 2);
    reads.broken = true;
    reads.log = continued(log, pin("e2"), post(ben, "Three"), post(cleo, "Four"), pin("e5"));
    come(reads.log.slice(0, 4), 3);
    await settled();
    expect(room.pinned.value).toEqual([]);
    reads.broken = false;
    come(reads.log, 4);
    await settled();
    screen.paint();
    expect(room.pinned.value.map(({ id }) => id)).toEqual(["e2", "e5"]);
  });

  test("are asked for whole where the frame had beginnings only", async () => {
    const state = stateOf(long);
    const pinned = state.pinned.map((one) => ({ ...one, text: "One", shortened: true as const }));
    reads.log = long;
    room.joined(joined(long, 4, { ...state, pinned }));
    expect(room.pinned.value[0]).toMatchObject({ text: "One", shortened: true });
    room.received({ t: "caught_up", room: ROOM, seq: 5 });
    await settled();
    screen.paint();
    expect(room.pinned.value[0]).toMatchObject({ text: "One vial.", shortened: false });
  });

  test("of a record that was replaced while they were asked for are asked for again", async () => {
    let answer = () => {};
    reads.held = new Promise((resolve) => {
      answer = resolve;
    });
    const beginning = { case: { ...CASE, situation: "Adult", shortened: true } };
    sit(long, 4, beginning);
    const other = story(post(ben, "Else"), pin("e2"), post(cleo, "More"));
    sit(other, 3, beginning);
    answer();
    await settled();
    screen.paint();
    expect(room.pinned.value).toMatchObject([{ id: "e2", by: { person: "ben" }, text: "Else" }]);
    expect(room.case.value?.situation).toBe(CASE.situation);
    expect(reads.asked).toEqual([ROOM, ROOM]);
  });

  test("go with their retraction", () => {
    sit(long, 4);
    come(continued(long, retract(mo, "e2")), 5);
    expect(room.pinned.value).toEqual([]);
  });
});

describe("older pages", () => {
  const log = anyLog(new Chance(5), 450);

  test("are put in front until there is no more, and give the whole room", async () => {
    sit(log, 430);
    expect(room.older.value).toBe("some");
    for (const expected of ["some", "some", "none"]) {
      const loading = room.loadOlder();
      screen.paint();
      expect(room.older.value).toBe("loading");
      await loading;
      screen.paint();
      expect(room.older.value).toBe(expected);
    }
    expect(reads.asked).toEqual([`${ROOM} 230 200`, `${ROOM} 30 200`, `${ROOM} 0 30`]);
    expect(room.timeline.value.flatMap((item) => (item.is === "post" ? [item.post] : []))).toEqual(
      inOrder(folded(log).posts),
    );
  });

  test("that do not come can be asked for again", async () => {
    sit(log, 430);
    reads.broken = true;
    await room.loadOlder();
    screen.paint();
    expect(room.older.value).toBe("failed");
    reads.broken = false;
    await room.loadOlder();
    screen.paint();
    expect(room.older.value).toBe("some");
  });

  test("are asked for one at a time", async () => {
    sit(log, 430);
    await Promise.all([room.loadOlder(), room.loadOlder()]);
    expect(reads.asked).toEqual([`${ROOM} 230 200`]);
  });

  test("of a record that was replaced meanwhile are thrown away", async () => {
    sit(log, 430);
    const loading = room.loadOlder();
    sit(anyLog(new Chance(6), 450), 430);
    await loading;
    screen.paint();
    const places = room.timeline.value.map(({ key }) => Number(key.slice(1)));
    expect(Math.min(...places)).toBeGreaterThan(430);
    expect(room.older.value).toBe("some");
  });
});

describe("a record that went back", () => {
  const log = story(post(ana, "One"), post(ben, "Two"), take(ana, "e3", "agree"), amend(ben, "e3", "Three"));

  test("takes what it does not know off the timeline, and says what that was", () => {
    sit(log);
    room.away();
    sit(
      continued(log.slice(0, 2), post(cleo, "Else"), post(mo, "More")).map((e) => ({ ...e, id: `n${e.seq}` })),
      2,
    );
    expect(keys()).toEqual(["post n3", "post n4"]);
    expect(room.wentBack.value).toMatchObject({
      events: 3,
      posts: [{ id: "e3", text: "Three" }],
      notes: [{ id: "e5" }],
    });
  });

  test("is said before one has taken notice, and not after", () => {
    sit(log);
    sit(log.slice(0, 3));
    expect(room.wentBack.value?.events).toBe(2);
    room.acceptLoss();
    screen.paint();
    expect(room.wentBack.value).toBeNull();
  });

  test("is compared when all of it has come, also on a later connection", () => {
    sit(log);
    const less = log.slice(0, 3);
    room.joined(joined(less, 1, stateOf(less), { events: less.slice(1, 2) }));
    room.away();
    expect(room.wentBack.value).toBeNull();
    sit(less, 1);
    expect(room.wentBack.value?.events).toBe(2);
  });

  test("twice says both", () => {
    sit(log);
    sit(log.slice(0, 4));
    sit(log.slice(0, 3));
    expect(room.wentBack.value?.events).toBe(2);
  });

  test("is no loss to an observer whose delay has grown", () => {
    sit(log, 0, { as: "observe" });
    sit(log.slice(0, 3), 0, { as: "observe" });
    expect(room.wentBack.value).toBeNull();
    expect(keys()).toEqual(["note e1", "post e2", "post e3"]);
  });

  test("does not count as read what is not there any more", () => {
    sit(log);
    room.saw(5);
    sit(log.slice(0, 2));
    come(continued(log.slice(0, 2), post(cleo, "Else")), 2);
    expect(room.unread.value.count).toBe(1);
  });
});

describe("what is being sent", () => {
  test("stands at the end until its event takes its place, under the same key", async () => {
    const log = story(post(ben, "One"));
    sit(log);
    const { id } = await room.command("post", { text: "Two vials." });
    screen.paint();
    expect(keys()).toEqual(["note e1", "post e2", `sending ${id}`]);
    outbox.acked(id);
    screen.paint();
    expect(room.timeline.value.at(-1)).toMatchObject({ key: id, waiting: { state: "acked" } });
    come(
      continued(log, post(cleo, "Else"), post(ana, "Two vials.")).map((e) => (e.seq === 4 ? { ...e, id } : e)),
      2,
    );
    expect(keys()).toEqual(["note e1", "post e2", "post e3", `post ${id}`]);
  });

  test("is never there twice where the event comes before the outbox knows", async () => {
    const log = story(post(ben, "One"));
    sit(log);
    const { id } = await room.command("post", { text: "Two vials." });
    come(
      continued(log, post(ana, "Two vials.")).map((e) => (e.seq === 3 ? { ...e, id } : e)),
      2,
    );
    expect(keys()).toEqual(["note e1", "post e2", `post ${id}`]);
    outbox.acked(id);
    screen.paint();
    expect(keys()).toEqual(["note e1", "post e2", `post ${id}`]);
  });

  test("is never there twice where its event comes with the next seat, before the outbox knows", async () => {
    const log = story(post(ben, "One"));
    sit(log);
    const { id } = await room.command("post", { text: "Two vials." });
    screen.paint();
    room.away();
    const now = continued(log, post(ana, "Two vials.")).map((e) => (e.seq === 3 ? { ...e, id } : e));
    room.joined(joined(now, 2));
    screen.paint();
    expect(keys()).toEqual(["note e1", "post e2", `post ${id}`]);
  });

  test("and was acked by a server that has lost it since is not shown for ever", async () => {
    sit(story(post(ben, "One")));
    const { id } = await room.command("post", { text: "Two vials." });
    outbox.acked(id);
    sit(story(post(ben, "One")));
    expect(keys()).toEqual(["note e1", "post e2"]);
  });

  test("and leaves the outbox otherwise than onto the record is not said to be on it", async () => {
    sit(story(post(ben, "One")));
    const { id } = await room.command("post", { text: "Two vials." });
    outbox.forget(id);
    screen.paint();
    expect(keys()).toEqual(["note e1", "post e2"]);
  });

  test("of other kinds is told beside the timeline", async () => {
    sit(story(post(ben, "One")));
    await room.command("corroborate", { target: "e2", stance: "agree" });
    screen.paint();
    expect(keys()).toEqual(["note e1", "post e2"]);
    expect(room.waiting.value).toMatchObject([{ room: ROOM, frame: { t: "corroborate", target: "e2" } }]);
  });
});

describe("signals", () => {
  test("name who types as the roster knows them, and end with their post", () => {
    const log = story();
    sit(log, 0, { roster: [{ person: "ben", since: 1, handle: "dr_ben" }] });
    room.received({ t: "typing", room: ROOM, who: "ben", on: true });
    room.received({ t: "typing", room: ROOM, who: "cleo", on: true });
    screen.paint();
    expect(room.typing.value).toMatchObject([{ person: "ben", handle: "dr_ben" }, { person: "cleo" }]);
    come(continued(log, post(ben, "One")), 1);
    expect(room.typing.value).toEqual([{ person: "cleo" }]);
    room.received(presence({ gone: ["cleo"] }));
    screen.paint();
    expect(room.typing.value).toEqual([]);
  });

  test("of typing end when the connection does, and the roster stays as of then", () => {
    sit(story(), 0, { roster: [{ person: "ben", since: 1 }] });
    room.received(presence({ here: [{ person: "cleo", since: 2 }], as_of: 42 }));
    room.received({ t: "typing", room: ROOM, who: "ben", on: true });
    room.away();
    expect(room.typing.value).toEqual([]);
    expect(room.here.value).toMatchObject({ as_of: 42, people: [{ person: "ben" }, { person: "cleo" }] });
  });

  test("of one's own typing go out while one contributes, and end with the post", async () => {
    room.typing_now(true);
    sit(story());
    room.typing_now(true);
    room.typing_now(true);
    await room.command("post", { text: "One vial." });
    expect(link.sent).toEqual([
      { t: "typing", room: ROOM, on: true },
      { t: "typing", room: ROOM, on: false },
    ]);
  });

  test("of a viewer's reading and typing stay here", () => {
    sit(story(post(ben, "One")), 0, { as: "follow" });
    room.typing_now(true);
    room.saw(2);
    expect(link.sent).toEqual([]);
    expect(memory.get("curbside.seen.ana.case1")).toBe("2");
  });

  test("of a viewer's reading go out when they step up", async () => {
    sit(story(post(ben, "One")), 0, { as: "follow" });
    room.saw(2);
    const stepping = room.stepUp();
    link.tell({ t: "ack", re: link.last("step_up").id, room: ROOM });
    await stepping;
    expect(link.sent.at(-1)).toEqual({ t: "seen", room: ROOM, seq: 2 });
  });

  test("of what was read while the connection was away go out when it is back", () => {
    const log = story(post(ben, "One"));
    sit(log);
    room.away();
    room.saw(2);
    expect(link.count("seen")).toBe(0);
    room.joined(joined(log, 2));
    room.received({ t: "caught_up", room: ROOM, seq: 2 });
    expect(link.sent.at(-1)).toEqual({ t: "seen", room: ROOM, seq: 2 });
  });

  test("of reading go out, no further than what is loaded, and again for a new seat", () => {
    const log = story(post(ben, "One"));
    sit(log);
    room.saw(9);
    expect(link.sent).toEqual([{ t: "seen", room: ROOM, seq: 2 }]);
    vi.advanceTimersByTime(1_000);
    room.away();
    room.joined(joined(log, 2));
    room.received({ t: "caught_up", room: ROOM, seq: 2 });
    expect(link.count("seen")).toBe(2);
  });
});

describe("what is new", () => {
  test("is counted as it comes, and less as one reads, here or on another device", () => {
    const log = story(post(ben, "One"));
    sit(log);
    expect(room.unread.value).toMatchObject({ after: 2, count: 0 });
    const more = continued(log, post(ben, "Two"), post(cleo, "Ana?", { to: "ana" }), post(ana, "Three"));
    come(more, 2);
    expect(room.unread.value).toMatchObject({ after: 2, count: 2, concerning: ["e4"] });
    room.saw(3);
    screen.paint();
    expect(room.unread.value.count).toBe(1);
    room.received(presence({ seen: { ana: 5, ben: 5 } }));
    screen.paint();
    expect(room.unread.value).toMatchObject({ after: 2, count: 0, concerning: [] });
  });

  test("is what came since one was last here", () => {
    const log = story(post(ben, "One"), post(ben, "Two"), post(ben, "Three"));
    memory.set("curbside.seen.ana.case1", "2");
    sit(log, 3);
    expect(room.unread.value).toMatchObject({ after: 2, count: 1, at_least: true });
    room.visit();
    screen.paint();
    expect(room.unread.value.after).toBe(2);
  });

  test("before what was loaded is counted once its page is here", async () => {
    memory.set("curbside.seen.ana.case1", "1");
    sit(story(post(ben, "One"), post(ben, "Ana?", { to: "ana" }), post(ben, "Three")), 3);
    await room.loadOlder();
    screen.paint();
    expect(room.unread.value).toEqual({ after: 1, count: 3, at_least: false, concerning: ["e3"] });
  });
});

describe("what others say and is not on record", () => {
  const said = (id: string, rest: Partial<Provisional> = {}): Provisional => ({
    ...{ t: "provisional", room: ROOM, id, by: ben, kind: "comment", text: "Which snake?" },
    ...rest,
  });

  function hear(frame: Provisional): void {
    room.received(frame);
    screen.paint();
  }

  test("stands at the end, and turns into the event with its id", () => {
    const log = story(post(ana, "One vial."));
    sit(log);
    hear(said("e3"));
    expect(keys()).toEqual(["note e1", "post e2", "unrecorded e3"]);
    come(continued(log, post(ben, "Which snake?")), 2);
    expect(keys()).toEqual(["note e1", "post e2", "post e3"]);
    hear(said("e3"));
    expect(keys()).toEqual(["note e1", "post e2", "post e3"]);
  });

  test("is gone when it was refused", () => {
    sit(story());
    hear(said("p1"));
    hear(said("p1", { text: "", gone: true }));
    expect(keys()).toEqual(["note e1"]);
  });

  test("stays, as never recorded, when nobody renews it", () => {
    const log = story();
    sit(log);
    hear(said("p1"));
    vi.advanceTimersByTime(60_000);
    come(continued(log, post(ana, "One vial.")), 1);
    expect(keys()).toEqual(["note e1", "unrecorded p1", "post e2"]);
    expect(room.timeline.value[1]).toMatchObject({ said: { never: true } });
  });

  test("is looked for in what came while the connection was away", () => {
    const log = story();
    sit(log);
    hear(said("e2"));
    hear(said("e9"));
    room.away();
    vi.advanceTimersByTime(60_000);
    const more = continued(log, post(ben, "Which snake?"));
    room.joined(joined(more, 1));
    room.received({ t: "caught_up", room: ROOM, seq: 2 });
    expect(keys()).toEqual(["note e1", "post e2", "unrecorded e9"]);
    expect(room.timeline.value[2]).toMatchObject({ said: { never: false } });
  });

  test("is not shown while its event may be among what is not loaded", async () => {
    const log = story(post(ana, "One"));
    sit(log);
    hear(said("e3"));
    room.away();
    const more = continued(log, post(ben, "Two"), post(ana, "Three"), post(ana, "Four"));
    reads.log = more;
    sit(more, 4);
    expect(keys()).toEqual(["post e5"]);
    await room.loadOlder();
    screen.paint();
    expect(keys()).toEqual(["note e1", "post e2", "post e3", "post e4", "post e5"]);
  });
});
