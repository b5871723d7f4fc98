import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { CaseFrame } from "../../src/wire/frames.ts";
import type { Wish } from "../../src/worklist/lines.ts";
import type { CaseLine } from "../../src/worklist/ports.ts";
import { Watching } from "../../src/worklist/watching.ts";
import { PeerLink, PeerReads, PeerScreen, settled } from "../live/peers.ts";
import { AT } from "../room/story.ts";

let link: PeerLink;
let cases: PeerReads;
let screen: PeerScreen;
let worklist: Watching;

beforeEach(() => {
  vi.useFakeTimers();
  link = new PeerLink();
  cases = new PeerReads();
  screen = new PeerScreen();
  worklist = watching({});
});
afterEach(() => {
  worklist.end();
  vi.useRealTimers();
});

function watching(wish: Wish): Watching {
  return new Watching(wish, { link, cases, schedule: screen.schedule }, () => {});
}

function line(id: string, rest: Partial<CaseLine> = {}): CaseLine {
  return {
    ...{ id, status: "open", title: `Case ${id}`, acuity: "urgent", specialties: ["cardiology"], languages: ["en"] },
    ...{ opened_at: AT, help: "nobody", help_at: AT },
    ...rest,
  };
}

function frame(room: string, rest: Partial<CaseFrame> = {}): CaseFrame {
  const { id: _, status: __, help: ___, help_at: ____, ...of } = line(room);
  return { t: "case", room, change: "changed", waiting: true, here: 3, help: "nobody", help_at: AT, ...of, ...rest };
}

/** A connection, on which the server lists these and has seen the wish. */
async function listed(...lines: readonly CaseLine[]): Promise<void> {
  cases.pages = [lines];
  await connected();
  await acked();
}

async function connected(): Promise<void> {
  link.up();
  worklist.connected();
  await settled();
}

async function acked(): Promise<void> {
  link.tell({ t: "ack", re: link.last("watch").id });
  await settled();
  screen.paint();
}

function tell(...frames: readonly CaseFrame[]): void {
  for (const one of frames) worklist.received(one);
  screen.paint();
}

/** The lists that are asked for from here on come when this is called. */
function held(): () => void {
  let answer = () => {};
  cases.held = new Promise((resolve) => {
    answer = resolve;
  });
  return answer;
}

function rooms(): readonly string[] {
  return worklist.lines.value.map(({ room }) => room);
}

describe("the lines", () => {
  test("counts are shown as the server counts", () => {
    expect(worklist.counts.value).toBeNull();
    worklist.counted({ t: "counts", counts: [{ specialty: "cardiology", acuity: "stat", cases: 2 }] });
    expect(worklist.counts.value).toEqual([{ specialty: "cardiology", acuity: "stat", cases: 2 }]);
  });

  test("are those of the list, page by page", async () => {
    cases.pages = [[line("c3"), line("c2")], [line("c1")]];
    await connected();
    await acked();
    expect(rooms()).toEqual(["c1", "c2", "c3"]);
    expect(worklist.lines.value[0]).toEqual({
      ...{ room: "c1", status: "open", title: "Case c1", acuity: "urgent", specialties: ["cardiology"] },
      ...{ languages: ["en"], opened_at: AT, help: "nobody", help_at: AT },
    });
    expect(cases.asked).toEqual(["first", "1"]);
  });

  test("stand by acuity, then by how far their help is, then by how long", async () => {
    await listed(
      line("routine", { acuity: "routine", opened_at: 1 }),
      line("answered", { help: "answered", opened_at: 1 }),
      line("paged", { help: "paged", opened_at: 1 }),
      line("younger", { opened_at: 3 }),
      line("older", { opened_at: 2 }),
      line("stat", { acuity: "stat", opened_at: 9, help: "answered" }),
      line("asap", { acuity: "asap", opened_at: 8 }),
    );
    expect(rooms()).toEqual(["stat", "asap", "older", "younger", "paged", "answered", "routine"]);
  });

  test("come, change and say how many are here as the server tells", async () => {
    await listed(line("c1"));
    tell(frame("c1", { help: "paged", help_at: 7, here: 4 }), frame("c2", { change: "opened", acuity: "stat" }));
    expect(worklist.lines.value).toMatchObject([
      { room: "c2", status: "open", here: 3 },
      { room: "c1", help: "paged", help_at: 7, here: 4 },
    ]);
  });

  test("that have closed stand where they stood for a moment, and go", async () => {
    await listed(line("c1", { opened_at: 1 }), line("c2", { opened_at: 2 }));
    tell(frame("c1", { change: "closed", opened_at: 1 }), frame("c9", { change: "closed" }));
    expect(worklist.lines.value.map(({ room, status }) => [room, status])).toEqual([
      ["c1", "closed"],
      ["c2", "open"],
    ]);
    vi.advanceTimersByTime(4_000);
    screen.paint();
    expect(rooms()).toEqual(["c2"]);
  });

  test("are those of the wish only", async () => {
    worklist = watching({ specialties: ["toxicology", "cardiology"], languages: ["fr"] });
    await listed(line("c1"), line("c2", { languages: ["fr", "en"] }), line("c3", { specialties: ["surgery"] }));
    expect(rooms()).toEqual(["c2"]);
    expect(link.last("watch")).toMatchObject({ specialties: ["toxicology", "cardiology"], languages: ["fr"] });
  });

  test("of observers say nothing of who has nobody", async () => {
    const { help: _, help_at: __, ...rest } = line("c1");
    await listed(rest);
    expect(worklist.lines.value[0]).not.toHaveProperty("help");
  });
});

describe("nothing falls between the list and the frames", () => {
  test("since the list is asked for when frames come already", async () => {
    await connected();
    expect(cases.asked).toEqual([]);
    await acked();
    expect(cases.asked).toEqual(["first"]);
  });

  test("a case that closes while the list is read does not come back by it", async () => {
    cases.pages = [[line("c1"), line("c2")], [line("c3")]];
    await connected();
    tell(frame("c1"));
    tell(frame("c1", { change: "closed" }));
    await acked();
    expect(worklist.lines.value.find(({ room }) => room === "c1")?.status).toBe("closed");
    expect(rooms()).toEqual(["c1", "c2", "c3"]);
  });

  test("a case that opens while the list is read stays, though the list has it not", async () => {
    await connected();
    tell(frame("c9", { change: "opened" }));
    await acked();
    expect(worklist.lines.value).toMatchObject([{ room: "c9", status: "open" }]);
  });

  test("a case that was paged or answered while the list was read has no less help by it", async () => {
    cases.pages = [[line("c1"), line("c2", { help: "answered", help_at: 9 })]];
    await connected();
    tell(frame("c1", { help: "paged", help_at: 7 }), frame("c2", { help: "paged", help_at: 8 }));
    await acked();
    expect(worklist.lines.value).toMatchObject([
      { room: "c1", help: "paged", help_at: 7, here: 3 },
      { room: "c2", help: "answered", help_at: 9, here: 3 },
    ]);
  });

  test("after each connection it is asked and listed again, and who closed meanwhile goes", async () => {
    await listed(line("c1"), line("c2"));
    tell(frame("c1"));
    worklist.away();
    link.down();
    expect(worklist.state.value).toBe("stale");
    expect(rooms()).toEqual(["c1", "c2"]);
    await listed(line("c2"), line("c3"));
    expect(worklist.state.value).toBe("live");
    expect(worklist.lines.value.map(({ room, status }) => [room, status])).toEqual([
      ["c1", "closed"],
      ["c2", "open"],
      ["c3", "open"],
    ]);
    vi.advanceTimersByTime(4_000);
    screen.paint();
    expect(rooms()).toEqual(["c2", "c3"]);
  });

  test("a list that comes when the connection is gone says nothing, also on the next one", async () => {
    const answer = held();
    cases.pages = [[line("c1")], [line("c3")]];
    await connected();
    await acked();
    worklist.away();
    link.down();
    cases.held = Promise.resolve();
    answer();
    await settled();
    screen.paint();
    expect([worklist.state.value, rooms()]).toEqual(["listing", []]);
    await listed(line("c2"));
    expect(rooms()).toEqual(["c2"]);
    expect(cases.asked).toEqual(["first", "first"]);
  });

  test("a list that was asked for on an earlier connection says nothing", async () => {
    cases.pages = [[line("c1")]];
    await connected();
    const before = link.last("watch").id;
    worklist.away();
    link.down();
    await settled();
    cases.pages = [[line("c2")]];
    await connected();
    link.tell({ t: "ack", re: before });
    await settled();
    expect(cases.asked).toEqual([]);
    await acked();
    expect(rooms()).toEqual(["c2"]);
  });
});

describe("a list that does not come", () => {
  test("is said to have failed, and asked for again by itself and when told", async () => {
    cases.broken = true;
    await listed();
    expect(worklist.state.value).toBe("failed");
    cases.broken = false;
    vi.advanceTimersByTime(10_000);
    expect(link.count("watch")).toBe(2);
    await acked();
    expect(worklist.state.value).toBe("live");
    worklist.retry();
    expect(link.count("watch")).toBe(3);
  });

  test("is asked for when the server says, where it says when", async () => {
    await connected();
    await link.refuse("watch", { code: "rate_limited", message: "Later.", retry_after_ms: 300 });
    vi.advanceTimersByTime(300);
    expect(link.count("watch")).toBe(2);
  });

  test("since the connection went is not said to have failed", async () => {
    await connected();
    link.down();
    await settled();
    expect(worklist.state.value).toBe("listing");
  });
});
