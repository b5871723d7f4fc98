import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type Client, clientOf } from "../../src/live/client.ts";
import { CALM_MS, LATE_MS } from "../../src/live/lateness.ts";
import { prepareRooms } from "../../src/live/rooms.ts";
import type { RoomStore } from "../../src/room/store/store.ts";
import type { Entry } from "../../src/wire/frames.ts";
import { AT, act, ana, ben, continued, joined, post, ROOM, story } from "../room/story.ts";
import { stateOf } from "../room/summary.ts";
import { PeerLink, PeerMemory, PeerOutbox, PeerReads, PeerScreen } from "./peers.ts";

let link: PeerLink;
let seconds: PeerLink[];
let screen: PeerScreen;
let client: Client;
let room: RoomStore;

const log = story(post(ana, "Give antivenom"));
const all = continued(log, post(ben, "One"), post(ben, "Two"), act("e2", "doing"));

beforeAll(prepareRooms);
beforeEach(() => {
  vi.useFakeTimers();
  link = new PeerLink();
  link.time = AT;
  seconds = [];
  screen = new PeerScreen();
  const second = () => {
    const made = new PeerLink();
    seconds.push(made);
    return made;
  };
  const outbox = new PeerOutbox();
  client = clientOf({
    ...{ link, second, outbox: () => outbox, reads: new PeerReads(), memory: new PeerMemory() },
    schedule: screen.schedule,
  });
  link.up();
  room = client.room(ROOM);
  sit();
});
afterEach(async () => {
  await client.signedOut();
  vi.useRealTimers();
});

function sit(): void {
  link.tell(joined(log, 0, stateOf(log), { re: link.last("join").id }));
  link.tell({ t: "caught_up", room: ROOM, seq: log.length });
}

/** `entry` comes so long after it was put on record. */
function come(entry: Entry, late_ms: number): void {
  link.time = entry.at + late_ms;
  link.tell({ t: "event", room: ROOM, ...entry });
  screen.paint();
}

function entry(seq: number): Entry {
  const found = all[seq - 1];
  if (found === undefined) throw new RangeError(`no event ${seq}`);
  return found;
}

function behind(): PeerLink {
  come(entry(3), 60_000);
  const [second] = seconds;
  if (second === undefined) throw new RangeError("no second connection");
  second.up();
  return second;
}

const states = () => room.plan.value.map(({ act }) => act.state);

test("whose news are fresh has one connection", () => {
  come(entry(3), LATE_MS - 1);
  expect(seconds).toEqual([]);
});

test("whose news are old takes a brief seat on a second connection", () => {
  expect(behind().last("join")).toMatchObject({ room: ROOM, as: "brief" });
});

test("what comes ahead changes the plan, and not what is told in order", () => {
  const second = behind();
  const before = room.timeline.value.length;
  second.tell({ t: "ahead", room: ROOM, events: [entry(2), entry(5)] });
  screen.paint();
  expect(states()).toEqual(["doing"]);
  expect(room.timeline.value).toHaveLength(before);
});

test("what came ahead comes once, in its place", () => {
  behind().tell({ t: "ahead", room: ROOM, events: [entry(2), entry(5)] });
  come(entry(4), 60_000);
  expect(states()).toEqual(["doing"]);
  come(entry(5), 60_000);
  expect(states()).toEqual(["doing"]);
  expect(room.timeline.value.map(({ key }) => key)).toEqual(all.map(({ id }) => id));
});

test("the second connection is given back when the first is in time again", () => {
  const second = behind();
  vi.advanceTimersByTime(CALM_MS);
  expect(second.state.value.is).not.toBe("up");
});

test("the second connection goes with the first", () => {
  const second = behind();
  link.down();
  expect(second.state.value.is).not.toBe("up");
});

test("whose line is far away has both connections from the beginning on", () => {
  link.down();
  link.far = 1_600;
  link.up();
  sit();
  expect(seconds).toHaveLength(1);
  seconds[0]?.up();
  vi.advanceTimersByTime(10 * CALM_MS);
  expect(seconds[0]?.state.value.is).toBe("up");
});
