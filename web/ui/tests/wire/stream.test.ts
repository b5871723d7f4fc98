import { beforeEach, describe, expect, test } from "vitest";
import type { ClientFrame, ServerFrame } from "../../src/wire/frames.ts";
import type { Link } from "../../src/wire/link.ts";
import { openLink } from "../../src/wire/reconnecting.ts";
import { Down } from "../../src/wire/refusals.ts";
import { ANA, Clock, keeping, Page, type Stream, turn } from "./browser.ts";

// The page fetches it when it is needed.
import "../../src/wire/stream.ts";

let clock: Clock;
let page: Page;
let link: Link;
let posts: ClientFrame[][];
let post: (init: RequestInit) => Promise<Response>;
let kept: Map<string, string>;

beforeEach(() => {
  clock = new Clock();
  posts = [];
  post = async () => new Response(null, { status: 202 });
  kept = new Map();
  page = newPage();
  link = openLink(page);
});

/** A page of a server that answers every request, on this tab. */
function newPage(): Page {
  const page = new Page(clock);
  page.session = keeping(kept);
  page.answer = async (path, init) => {
    if (path === "/api/tickets") return Response.json({ ticket: "t/1", expires_at: 0 }, { status: 201 });
    if (path !== "/frames") return Response.json(ANA);
    const lines = (await (init.body as Blob).text()).trim().split("\n");
    posts.push(lines.map((line) => JSON.parse(line) as ClientFrame));
    return post(init);
  };
  return page;
}

/** The network lets no WebSocket pass: the server refuses one after the other until something else is tried. */
async function block(page: Page): Promise<Stream> {
  for (let tries = 0; page.streams.length === 0 && tries < 5; tries++)
    await anotherAfter(page, () => page.socket.drop());
  return stream(page);
}

/** Let `loss` happen, and time pass until the page has tried again. */
async function anotherAfter(page: Page, loss: () => void): Promise<void> {
  const tries = () => page.sockets.length + page.streams.length;
  const before = tries();
  loss();
  await turn();
  await clock.passUntil(() => tries() > before);
}

function stream(page: Page): Stream {
  const last = page.streams.at(-1);
  if (!last) throw new Error("This page has opened no stream.");
  return last;
}

/** Up, over a stream. */
async function up(): Promise<Stream> {
  const opened = await block(page);
  opened.greet();
  return opened;
}

describe("which way", () => {
  test("a stream is opened, with a ticket, after two WebSockets that led to nothing while the server answers", async () => {
    const opened = await block(page);
    expect(page.sockets).toHaveLength(2);
    expect(opened.url).toBe("/sse?ticket=t%2F1");
    opened.greet();
    expect(link.state.value).toEqual({ is: "up" });
    expect(link.me.value).toEqual(ANA);
  });

  test("a WebSocket that is opened and stays silent counts as well", async () => {
    await clock.passUntil(() => page.streams.length > 0);
    expect(page.sockets.map(({ hungUp }) => hungUp)).toEqual([true, true]);
  });

  test("while the server is not reached, no network is to blame", async () => {
    page.answer = () => Promise.reject(new TypeError("Failed to fetch"));
    for (let tries = 0; tries < 5; tries++) await anotherAfter(page, () => page.socket.drop());
    expect([page.sockets.length, page.streams.length]).toEqual([6, 0]);
  });

  test("a WebSocket that was greeted and lost is tried again, as often as that happens", async () => {
    for (let tries = 0; tries < 5; tries++) {
      page.socket.greet();
      await anotherAfter(page, () => page.socket.drop());
    }
    expect(page.streams).toHaveLength(0);
  });

  test("the next page of the tab takes the same way at once", async () => {
    await up();
    const next = newPage();
    openLink(next);
    await turn();
    stream(next).greet();
    expect(next.sockets).toHaveLength(0);
  });

  test("at the first connection after ten minutes a WebSocket is tried, once", async () => {
    await up();
    await anotherAfter(page, () => stream(page).drop());
    expect(page.streams).toHaveLength(2);
    stream(page).greet();
    clock.ms += 600_000;
    await anotherAfter(page, () => stream(page).drop());
    expect(page.sockets).toHaveLength(3);
    await anotherAfter(page, () => page.socket.drop());
    expect([page.sockets.length, page.streams.length]).toEqual([3, 3]);
  });

  test("where a stream leads to nothing either, both are tried in turn", async () => {
    await block(page);
    await anotherAfter(page, () => stream(page).drop());
    expect(page.sockets).toHaveLength(3);
    await anotherAfter(page, () => page.socket.drop());
    expect(page.streams).toHaveLength(2);
  });

  test("a tab that keeps nothing remembers it as long as the page lives", async () => {
    page = newPage();
    page.session = undefined;
    link = openLink(page);
    await up();
    await anotherAfter(page, () => stream(page).drop());
    expect([page.sockets.length, page.streams.length]).toEqual([2, 2]);
  });
});

describe("over a stream", () => {
  test("every frame is told in its order, and the answer to who asked", async () => {
    const told: ServerFrame["t"][] = [];
    const opened = await up();
    link.listen((frame) => told.push(frame.t));
    const asked = link.request({ t: "watch", id: "one" });
    opened.say({ t: "tomorrow" });
    opened.say({ t: "ack", re: "one" });
    opened.say({ t: "caught_up", room: "r", seq: 2 ** 53 - 1 });
    await expect(asked).resolves.toEqual({ t: "ack", re: "one" });
    expect(told).toEqual(["ack", "caught_up"]);
  });

  test("a command is on its way at once, with the key of the connection", async () => {
    const given: RequestInit[] = [];
    post = async (init) => {
      given.push(init);
      return new Response(null, { status: 202 });
    };
    await up();
    await turn();
    given.length = posts.length = 0;
    link.request({ t: "watch", id: "one" }).catch(() => {});
    await turn();
    expect(posts).toEqual([[{ t: "watch", id: "one" }]]);
    expect(given[0]?.headers).toEqual({
      "content-type": "application/x-ndjson",
      "curbside-connection": "one.key",
    });
  });

  test("what is said in one turn goes in one post, and what is said meanwhile in the next, in order", async () => {
    await up();
    await turn();
    posts.length = 0;
    let answer: (response: Response) => void = () => {};
    post = () => new Promise((done) => (answer = done));
    for (const seq of [1, 2]) link.send({ t: "seen", room: "r", seq });
    await turn();
    for (const seq of [3, 4]) link.send({ t: "seen", room: "r", seq });
    await turn();
    expect(posts).toHaveLength(1);
    answer(new Response(null, { status: 202 }));
    await turn();
    expect(posts.map((frames) => frames.map((frame) => "seq" in frame && frame.seq))).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  test("a post holds no more than the server takes", async () => {
    await up();
    await turn();
    posts.length = 0;
    const text = "x".repeat(60_000);
    for (const id of ["a", "b", "c"]) link.request({ t: "post", id, room: "r", text }).catch(() => {});
    await turn();
    expect(posts.map((frames) => frames.length)).toEqual([2, 1]);
  });

  test("a post that the other node did not take is sent again after a second, and the line stays", async () => {
    await up();
    await turn();
    posts.length = 0;
    post = async () => new Response("{}", { status: 503 });
    link.send({ t: "seen", room: "r", seq: 1 });
    await turn();
    post = async () => new Response(null, { status: 202 });
    await clock.pass(1_000);
    expect(posts).toEqual([[{ t: "seen", room: "r", seq: 1 }], [{ t: "seen", room: "r", seq: 1 }]]);
    expect(link.state.value).toEqual({ is: "up" });
  });

  test.each([
    ["is refused", async () => new Response("{}", { status: 404 })],
    ["does not arrive", () => Promise.reject(new TypeError("Failed to fetch"))],
  ])("a post that %s ends the connection, and who asked is told", async (_, answer) => {
    const opened = await up();
    await turn();
    post = answer;
    const asked = link.request({ t: "watch", id: "one" });
    await expect(asked).rejects.toThrow(Down);
    expect(opened.hungUp).toBe(true);
    expect(link.state.value.is).toBe("waiting");
  });

  test.each([
    [4401, { is: "ended", why: "signed_out" }],
    [4403, { is: "ended", why: "withdrawn" }],
    [4400, { is: "ended", why: "outdated" }],
  ])("its last event says why it ends: %i", async (code, state) => {
    const opened = await up();
    opened.say({ code, reason: "why" }, "close");
    expect(link.state.value).toEqual(state);
    expect(opened.hungUp).toBe(true);
  });

  test("a drain says when to come back", async () => {
    const opened = await up();
    opened.say({ t: "bye", code: 1012, retry_after_ms: 700 });
    opened.say({ code: 1012, reason: "this node is going" }, "close");
    expect(link.state.value).toEqual({ is: "waiting", retry_at: clock.ms + 700 });
  });

  test("what is no frame ends it as out of date", async () => {
    (await up()).say("{");
    expect(link.state.value).toEqual({ is: "ended", why: "outdated" });
  });

  test("a page that hangs up hears and posts nothing more", async () => {
    const told: string[] = [];
    const opened = await up();
    await turn();
    posts.length = 0;
    link.listen((frame) => told.push(frame.t));
    link.close();
    opened.say({ t: "caught_up", room: "r", seq: 1 });
    await clock.pass(60_000);
    expect([told, posts, opened.hungUp]).toEqual([[], [], true]);
  });

  test("a page that hangs up before its ticket came opens nothing", async () => {
    const opened = await up();
    page.answer = () => new Promise(() => {});
    opened.drop();
    await clock.pass(1_000);
    link.close();
    await clock.pass(60_000);
    expect(page.streams).toHaveLength(1);
  });
});
