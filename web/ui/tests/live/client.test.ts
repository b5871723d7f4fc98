import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type Client, clientOf } from "../../src/live/client.ts";
import { prepareRooms } from "../../src/live/rooms.ts";
import { prepareWorklists } from "../../src/live/worklists.ts";
import type { RoomStore } from "../../src/room/store/store.ts";
import type { Entry, Joined } from "../../src/wire/frames.ts";
import type { Rooms } from "../../src/wire/outbox.ts";
import { ana, ben, cleo, continued, joined, post, ROOM, story } from "../room/story.ts";
import { stateOf } from "../room/summary.ts";
import { PeerLink, PeerMemory, PeerOutbox, PeerReads, PeerScreen, settled } from "./peers.ts";

let link: PeerLink;
let outbox: PeerOutbox;
let memory: PeerMemory;
let screen: PeerScreen;
let rooms: Rooms;
let client: Client;

beforeAll(() => Promise.all([prepareRooms(), prepareWorklists()]));
beforeEach(() => {
  vi.useFakeTimers();
  link = new PeerLink();
  outbox = new PeerOutbox();
  memory = new PeerMemory();
  screen = new PeerScreen();
  const keep = (of: Rooms) => {
    rooms = of;
    return outbox;
  };
  client = clientOf({
    link,
    second: () => new PeerLink(),
    outbox: keep,
    reads: new PeerReads(),
    memory,
    schedule: screen.schedule,
  });
});
afterEach(async () => {
  await client.signedOut();
  vi.useRealTimers();
});

const log = story(post(ana, "One"), post(ben, "Two"));

/** The server seats who asked last, from `after` on where it has that position. */
function seat(of: readonly Entry[] = log, rest: Partial<Joined> = {}): void {
  const { id, after = 0 } = link.last("join");
  link.tell(joined(of, after, after > 0 ? undefined : stateOf(of), { re: id, ...rest }));
  link.tell({ t: "caught_up", room: ROOM, seq: of.length });
}

function come(of: readonly Entry[], after: number): void {
  for (const entry of of.slice(after)) link.tell({ t: "event", room: ROOM, ...entry });
  screen.paint();
}

function keys(room: RoomStore): readonly string[] {
  return room.timeline.value.map(({ key }) => key);
}

describe("a room", () => {
  test("is joined when there is a connection", () => {
    const room = client.room(ROOM);
    expect(link.sent).toEqual([]);
    link.up();
    seat();
    expect(room.seat.value.is).toBe("live");
    expect(keys(room)).toEqual(["e1", "e2", "e3"]);
  });

  test("is joined once, however many look at it, and is the same store", () => {
    link.up();
    const room = client.room(ROOM);
    expect(client.room(ROOM)).toBe(room);
    seat();
    expect(client.room(ROOM)).toBe(room);
    expect(link.count("join")).toBe(1);
  });

  test("is joined again on the next connection, from where one was", () => {
    link.up();
    const room = client.room(ROOM);
    seat();
    link.down();
    expect(room.seat.value.is).toBe("away");
    link.up();
    expect(link.last("join")).toMatchObject({ after: 3, check: log[2]?.check, as: "contribute" });
    seat(continued(log, post(cleo, "Three")));
    expect(keys(room)).toEqual(["e1", "e2", "e3", "e4"]);
  });

  test("is joined again by a connection that came before the last had answered", async () => {
    link.up();
    const room = client.room(ROOM);
    const first = link.last("join").id;
    link.down();
    await settled();
    link.up();
    link.tell(joined(log, 0, stateOf(log), { re: first }));
    expect(room.seat.value.is).toBe("joining");
    seat();
    expect(room.seat.value.is).toBe("live");
  });

  test("takes each event once and in order, whatever is cut off when", () => {
    const all = continued(log, ...Array.from({ length: 30 }, (_, n) => post(n % 2 ? ana : ben, `Post ${n}`)));
    link.up();
    const room = client.room(ROOM);
    seat(log);
    for (const cut of [4, 9, 9, 17, 26]) {
      come(all.slice(0, cut), Math.max(0, cut - 6));
      link.down();
      link.up();
      seat(all.slice(0, cut + 2));
    }
    come(all, 20);
    expect(keys(room)).toEqual(all.map(({ id }) => id));
  });

  test("of which an event is missing is joined again from where it was", () => {
    const all = continued(log, post(ana, "Three"), post(ben, "Four"), post(cleo, "Five"));
    link.up();
    const room = client.room(ROOM);
    seat();
    come(all, 4);
    expect(keys(room)).toEqual(["e1", "e2", "e3"]);
    vi.advanceTimersByTime(1_000);
    expect(link.count("join")).toBe(2);
    come(all, 3);
    expect(link.last("join").after).toBe(3);
    seat(all);
    expect(keys(room)).toEqual(all.map(({ id }) => id));
  });

  test("that cannot be had just now is asked for again when the server says", async () => {
    link.up();
    const room = client.room(ROOM);
    await link.refuse("join", { code: "unavailable", message: "Later.", retry_after_ms: 700 });
    expect(room.seat.value.is).toBe("joining");
    vi.advanceTimersByTime(699);
    expect(link.count("join")).toBe(1);
    vi.advanceTimersByTime(1);
    expect(link.count("join")).toBe(2);
  });

  test("that one may not enter says so, and is asked for again only when somebody looks again", async () => {
    link.up();
    const room = client.room(ROOM, "follow");
    await link.refuse("join", { code: "not_found", message: "There is no such case." });
    expect(room.seat.value).toEqual({ is: "refused", code: "not_found", message: "There is no such case." });
    link.down();
    link.up();
    expect(link.count("join")).toBe(1);
    expect(client.room(ROOM, "contribute")).toBe(room);
    expect(room.seat.value.is).toBe("joining");
    expect(link.last("join").as).toBe("contribute");
  });

  test("from which one was removed stays as it was", () => {
    link.up();
    const room = client.room(ROOM);
    seat();
    link.tell({ t: "left", room: ROOM, code: "removed" });
    come(continued(log, post(ben, "Three")), 3);
    link.down();
    link.up();
    expect(room.seat.value).toEqual({ is: "left", code: "removed" });
    expect(keys(room)).toEqual(["e1", "e2", "e3"]);
    expect(link.count("join")).toBe(1);
  });

  test("is stepped up in when a viewer comes back to it as a contributor", async () => {
    link.up();
    const room = client.room(ROOM, "follow");
    seat(log, { as: "follow" });
    client.room(ROOM, "contribute");
    link.tell({ t: "ack", re: link.last("step_up").id, room: ROOM });
    await settled();
    expect(room.seat.value).toMatchObject({ is: "live", as: "contribute" });
  });
});

describe("a room at which nobody looks any more", () => {
  test("is left after half a minute", () => {
    link.up();
    const room = client.room(ROOM);
    seat();
    client.forget(ROOM);
    vi.advanceTimersByTime(29_999);
    expect(link.count("leave")).toBe(0);
    vi.advanceTimersByTime(1);
    expect(link.count("leave")).toBe(1);
    expect(client.room(ROOM)).not.toBe(room);
  });

  test("and to which one comes back in time was never left", () => {
    link.up();
    const room = client.room(ROOM);
    seat();
    client.forget(ROOM);
    vi.advanceTimersByTime(20_000);
    come(continued(log, post(ben, "Three")), 3);
    expect(client.room(ROOM)).toBe(room);
    vi.advanceTimersByTime(60_000);
    expect(keys(room)).toEqual(["e1", "e2", "e3", "e4"]);
    expect([link.count("join"), link.count("leave")]).toEqual([1, 0]);
  });

  test("is kept while something waits to be said there", async () => {
    link.up();
    const room = client.room(ROOM);
    seat();
    const { id } = await room.command("post", { text: "Three" });
    client.forget(ROOM);
    vi.advanceTimersByTime(90_000);
    expect(link.count("leave")).toBe(0);
    outbox.acked(id);
    vi.advanceTimersByTime(30_000);
    expect(link.count("leave")).toBe(1);
  });

  test("has its line stand where one had read when one comes back", () => {
    link.up();
    const room = client.room(ROOM);
    seat();
    come(continued(log, post(ben, "Three")), 3);
    room.saw(4);
    client.forget(ROOM);
    come(continued(log, post(ben, "Three"), post(ben, "Four")), 4);
    expect(room.unread.value.after).toBe(3);
    client.room(ROOM);
    screen.paint();
    expect(room.unread.value).toMatchObject({ after: 4, count: 1 });
  });

  test("is given back at once by who leaves for good", () => {
    link.up();
    const room = client.room(ROOM);
    seat();
    room.leave();
    expect(room.seat.value).toEqual({ is: "left", code: "asked" });
    expect(link.count("leave")).toBe(1);
    const next = client.room(ROOM);
    link.tell({ t: "left", re: link.last("leave").id, room: ROOM, code: "asked" });
    expect(next.seat.value.is).toBe("joining");
    seat();
    expect(next.seat.value.is).toBe("live");
  });
});

describe("what waits to be sent", () => {
  const answered = async (of: Promise<unknown>) => {
    let answer: unknown = "pending";
    void of.then((now) => {
      answer = now;
    });
    await settled();
    return answer;
  };

  test("gets its room joined though no view shows it, and left again", async () => {
    link.up();
    const ready = rooms.ready(ROOM, "writing");
    expect(await answered(ready)).toBe("pending");
    seat();
    expect(await answered(ready)).toBeNull();
    vi.advanceTimersByTime(30_000);
    expect(link.count("leave")).toBe(1);
  });

  test("may go at once where there is a seat", async () => {
    link.up();
    client.room(ROOM);
    seat();
    expect(await answered(rooms.ready(ROOM, "writing"))).toBeNull();
    expect(link.count("join")).toBe(1);
  });

  test("is stepped up for where one only follows", async () => {
    link.up();
    client.room(ROOM, "follow");
    seat(log, { as: "follow" });
    const ready = rooms.ready(ROOM, "writing");
    expect(await answered(ready)).toBe("pending");
    link.tell({ t: "ack", re: link.last("step_up").id, room: ROOM });
    expect(await answered(ready)).toBeNull();
  });

  test("stays a viewer's for a flag", async () => {
    link.up();
    client.room(ROOM, "follow");
    seat(log, { as: "follow" });
    expect(await answered(rooms.ready(ROOM, "any"))).toBeNull();
    expect(link.count("step_up")).toBe(0);
  });

  test("is told why there is no seat", async () => {
    link.up();
    const ready = rooms.ready(ROOM, "writing");
    await link.refuse("join", { code: "not_found", message: "There is no such case." });
    expect(await answered(ready)).toMatchObject({ code: "not_found", message: "There is no such case." });
  });

  test("asks again for a seat that was taken away, without a word to who sees why", async () => {
    link.up();
    const room = client.room(ROOM);
    seat();
    link.tell({ t: "left", room: ROOM, code: "removed" });
    const ready = rooms.ready(ROOM, "writing");
    await link.refuse("join", { code: "not_found", message: "There is no such case." });
    expect(await answered(ready)).toMatchObject({ code: "not_found" });
    expect(room.seat.value).toEqual({ is: "left", code: "removed" });
  });

  test("is said from another seat where one leaves before the seat that was asked for came", async () => {
    link.up();
    const room = client.room(ROOM);
    const ready = rooms.ready(ROOM, "writing");
    room.leave();
    expect([link.count("leave"), link.count("join")]).toEqual([1, 2]);
    seat();
    expect(await answered(ready)).toBeNull();
    vi.advanceTimersByTime(30_000);
    expect(link.count("leave")).toBe(2);
  });

  test("gets no other seat from who signs out", async () => {
    link.up();
    client.room(ROOM);
    void rooms.ready(ROOM, "writing");
    await client.signedOut();
    expect(link.count("join")).toBe(1);
  });

  test("waits for the next connection where there is none, and asks anew on it", async () => {
    link.up();
    const ready = rooms.ready(ROOM, "writing");
    link.down();
    link.up();
    seat();
    expect(await answered(ready)).toBe("pending");
    expect(await answered(rooms.ready(ROOM, "writing"))).toBeNull();
  });
});

describe("who signs out", () => {
  test("leaves nothing on the device, and no line", async () => {
    link.up();
    client.room(ROOM);
    client.watch();
    seat();
    await outbox.put({ t: "post", id: "c1", room: ROOM, text: "One vial." });
    memory.set("curbside.seen.ben.case1", "7");
    await client.signedOut();
    expect(outbox.waiting.value).toEqual([]);
    expect(outbox.closed).toBe(true);
    expect([...memory.kept.keys()]).toEqual(["curbside.seen.ben.case1"]);
    expect(link.state.value.is).not.toBe("up");
  });

  test("is signed out also where the outbox's script does not come", async () => {
    link.up();
    memory.set("curbside.seen.ana.case1", "7");
    vi.spyOn(outbox, "clear").mockRejectedValue(new TypeError("the line is down"));
    await client.signedOut();
    expect(outbox.closed).toBe(true);
    expect([...memory.kept.keys()]).toEqual([]);
    expect(link.state.value.is).not.toBe("up");
  });
});

describe("the worklist", () => {
  test("is the same for the same wish, and ends when nobody came back to it", async () => {
    link.up();
    const worklist = client.watch({ specialties: ["cardiology"] });
    worklist.close();
    vi.advanceTimersByTime(29_999);
    expect(client.watch({ specialties: ["cardiology"] })).toBe(worklist);
    worklist.close();
    vi.advanceTimersByTime(30_000);
    expect(link.count("unwatch")).toBe(1);
    expect(client.watch({ specialties: ["cardiology"] })).not.toBe(worklist);
  });

  test("of another wish takes the place of the one before", () => {
    link.up();
    const before = client.watch();
    const now = client.watch({ languages: ["en"] });
    before.close();
    vi.advanceTimersByTime(60_000);
    expect(client.watch({ languages: ["en"] })).toBe(now);
    expect(link.last("watch").languages).toEqual(["en"]);
  });
});
