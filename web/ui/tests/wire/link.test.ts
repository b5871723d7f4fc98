import { beforeEach, describe, expect, test } from "vitest";
import type { ServerFrame } from "../../src/wire/frames.ts";
import type { Link } from "../../src/wire/link.ts";
import { openLink } from "../../src/wire/reconnecting.ts";
import { Down, Refused } from "../../src/wire/refusals.ts";
import { ANA, BEN, Clock, Page, turn } from "./browser.ts";

let clock: Clock;
let page: Page;
let link: Link;

beforeEach(() => {
  clock = new Clock();
  page = new Page(clock);
  link = openLink(page);
});

/** Up, and then without a connection: the next try comes in its time. */
function lose(code?: number): void {
  page.socket.greet();
  page.socket.drop(code);
}

describe("connecting", () => {
  test("a page asks its own server for the msgpack protocol", () => {
    expect(page.socket.url).toBe("wss://curbside.example/ws");
    expect(page.socket.protocols).toEqual(["curbside.v1.msgpack"]);
    expect(page.socket.binaryType).toBe("arraybuffer");
    expect(link.state.value).toEqual({ is: "connecting", attempt: 0 });
  });

  test("a page that nobody is signed in to tries nothing until somebody is", () => {
    const idle = new Page(clock);
    const unknown = openLink(idle, false);
    expect(unknown.state.value).toEqual({ is: "ended", why: "signed_out" });
    expect(() => idle.socket).toThrow();
    unknown.retryNow();
    idle.socket.greet();
    expect(unknown.state.value).toEqual({ is: "up" });
  });

  test("the server's greeting says who one is, and the link is up", () => {
    expect(link.me.value).toBeNull();
    page.socket.greet();
    expect(link.state.value).toEqual({ is: "up" });
    expect(link.me.value).toEqual(ANA);
    expect(link.limits.value?.text_chars).toBe(8_000);
  });

  test("another tier is told on the connection that is there", () => {
    page.socket.greet();
    page.socket.say({ t: "me", me: { ...ANA, tier: 1, role: "clinician" } });
    expect(link.me.value).toMatchObject({ person: ANA.person, tier: 1, role: "clinician" });
    expect(link.state.value).toEqual({ is: "up" });
  });

  test("a handshake that leads to nothing within 10 s is given up", async () => {
    await clock.pass(10_000);
    expect(page.sockets[0]?.hungUp).toBe(true);
    expect(link.state.value).toEqual({ is: "waiting", retry_at: clock.ms + 125 });
  });

  test("a handshake that was refused for want of a sign-in ends the link", async () => {
    page.answer = async () => new Response("{}", { status: 401 });
    page.socket.drop();
    await turn();
    expect(link.state.value).toEqual({ is: "ended", why: "signed_out" });
  });

  test.each([
    ["knows us", async () => Response.json(ANA)],
    ["is overloaded", async () => new Response("", { status: 503 })],
    ["is not reached", () => Promise.reject(new TypeError("Failed to fetch"))],
  ])("a handshake that failed while the server %s is tried again", async (_, answer) => {
    page.answer = answer;
    page.socket.drop();
    await turn();
    expect(link.state.value.is).toBe("waiting");
    await clock.pass(125);
    expect(page.sockets).toHaveLength(2);
  });

  test("a server that says nothing for 5 s is no reason to wait longer for the next try", async () => {
    page.answer = () => new Promise(() => {});
    page.socket.drop();
    await clock.pass(4_999);
    expect(link.state.value.is).toBe("connecting");
    await clock.pass(126);
    expect(page.sockets).toHaveLength(2);
  });

  test("who is greeted while asking whether one is known stays up", async () => {
    page.answer = () => new Promise(() => {});
    page.socket.drop();
    link.retryNow();
    page.socket.greet();
    await turn();
    expect(link.state.value).toEqual({ is: "up" });
    expect(page.sockets).toHaveLength(2);
  });

  test("a page that greets as somebody else is nobody's: the link ends, and tells nothing of it", () => {
    const told: ServerFrame[] = [];
    lose();
    link.retryNow();
    link.listen((frame) => told.push(frame));
    page.socket.greet(BEN);
    expect(link.state.value).toEqual({ is: "ended", why: "signed_out" });
    expect(link.me.value).toEqual(ANA);
    expect(page.socket.hungUp).toBe(true);
    expect(told).toEqual([]);
  });
});

describe("frames", () => {
  test("every frame is told in its order, but those of a newer server", () => {
    const told: string[] = [];
    link.listen((frame) => told.push(frame.t));
    page.socket.greet();
    page.socket.say({ t: "tomorrow" });
    page.socket.say({ t: "caught_up", room: "r", seq: 2 ** 53 - 1 });
    page.socket.say({ t: "bye", code: 1012, retry_after_ms: 1 });
    expect(told).toEqual(["welcome", "caught_up", "bye"]);
  });

  test("an answer is told to those who listen before it is given to who asked", async () => {
    const told: string[] = [];
    page.socket.greet();
    link.listen((frame) => told.push(`told ${frame.t}`));
    const asked = link.request({ t: "watch", id: "one" }).then(({ t }) => told.push(`given ${t}`));
    page.socket.say({ t: "ack", re: "one" });
    page.socket.say({ t: "caught_up", room: "r", seq: 1 });
    await asked;
    expect(told).toEqual(["told ack", "told caught_up", "given ack"]);
  });

  test("who does not listen any more is told nothing", () => {
    const told: string[] = [];
    link.listen((frame) => told.push(frame.t))();
    page.socket.greet();
    expect(told).toEqual([]);
  });

  test("a question is answered by the frame that names its id", async () => {
    page.socket.greet();
    const one = link.request({ t: "watch", id: "one" });
    const two = link.request({ t: "leave", id: "two", room: "r" });
    page.socket.say({ t: "left", re: "two", room: "r", code: "asked" });
    page.socket.say({ t: "ack", re: "one" });
    await expect(one).resolves.toEqual({ t: "ack", re: "one" });
    await expect(two).resolves.toMatchObject({ t: "left", code: "asked" });
  });

  test("a question that is refused rejects with the refusal", async () => {
    page.socket.greet();
    const answer = link.request({ t: "join", id: "one", room: "r" });
    page.socket.say({ t: "error", re: "one", code: "rate_limited", message: "Wait.", retry_after_ms: 70 });
    await expect(answer).rejects.toEqual(new Refused({ code: "rate_limited", message: "Wait.", retry_after_ms: 70 }));
    await expect(answer).rejects.toMatchObject({ code: "rate_limited", retry_after_ms: 70 });
  });

  test("a question that lost its connection rejects, and so does one without any", async () => {
    page.socket.greet();
    const answer = link.request({ t: "watch", id: "one" });
    page.socket.drop();
    await expect(answer).rejects.toBeInstanceOf(Down);
    await expect(link.request({ t: "watch", id: "two" })).rejects.toBeInstanceOf(Down);
  });

  test("fields that are undefined are not sent", () => {
    page.socket.greet();
    void link.request({ t: "join", id: "one", room: "r", as: undefined });
    expect(page.socket.asked("join")).toEqual([{ t: "join", id: "one", room: "r" }]);
  });

  test("signals go out while the link is up, and are dropped while it is not", () => {
    const typing = { t: "typing", room: "r", on: true } as const;
    expect(link.send(typing)).toBe(false);
    page.socket.greet();
    expect(link.send(typing)).toBe(true);
    expect(page.socket.asked("typing")).toEqual([typing]);
    page.socket.drop();
    expect(link.send(typing)).toBe(false);
  });

  test("nothing is sent on a socket that the server is closing", () => {
    page.socket.greet();
    page.socket.closing();
    expect(() => link.send({ t: "typing", room: "r1", on: false })).not.toThrow();
    expect(page.socket.asked("typing")).toEqual([]);
  });

  test("the server's health is known until the next greeting", () => {
    page.socket.greet();
    page.socket.say({ t: "health", journal: "away", backplane: "ok" });
    expect(link.health.value).toEqual({ journal: "away", backplane: "ok" });
    page.socket.drop();
    link.retryNow();
    page.socket.greet();
    expect(link.health.value).toEqual({ journal: "ok", backplane: "ok" });
  });

  test.each([["text"], [new ArrayBuffer(0)], [Uint8Array.of(0xc1).buffer], [Uint8Array.of(0x80).buffer]])(
    "a message that is no frame means that this page is outdated",
    (message) => {
      page.socket.greet();
      page.socket.message(message);
      expect(link.state.value).toEqual({ is: "ended", why: "outdated" });
    },
  );

  test("a server that does not greet first is none of ours", () => {
    page.socket.say({ t: "caught_up", room: "r", seq: 1 });
    expect(link.state.value).toEqual({ is: "ended", why: "outdated" });
  });
});

describe("signs of life", () => {
  test("two silent heartbeats end the connection, and another is made", async () => {
    page.socket.greet();
    expect(page.socket.asked("ping")).toHaveLength(1);
    await clock.pass(20_000);
    expect(page.socket.asked("ping")).toHaveLength(2);
    await clock.pass(19_999);
    expect(link.state.value.is).toBe("up");
    await clock.pass(1);
    expect(link.state.value.is).toBe("waiting");
    expect(page.socket.hungUp).toBe(true);
    await clock.pass(125);
    expect(page.sockets).toHaveLength(2);
  });

  test("any frame is a sign of life", async () => {
    page.socket.greet();
    for (let beat = 0; beat < 5; beat += 1) {
      await clock.pass(19_999);
      page.socket.say({ t: "tomorrow" });
      await clock.pass(1);
    }
    expect(link.state.value.is).toBe("up");
    expect(page.socket.asked("ping")).toHaveLength(6);
  });

  test.each(["online", "offline", "pageshow"] as const)(
    "after %s a connection has 4 s to prove that it is alive",
    async (event) => {
      page.socket.greet();
      page.tell(event);
      await clock.pass(3_000);
      page.tell(event);
      await clock.pass(999);
      expect(link.state.value.is).toBe("up");
      await clock.pass(1);
      expect(link.state.value.is).toBe("waiting");
    },
  );

  test("a connection that proves to be alive stays", async () => {
    page.socket.greet();
    page.tell("online");
    await clock.pass(3_999);
    page.socket.say({ t: "pong", n: 2, time: clock.ms });
    await clock.pass(20_000);
    expect(link.state.value.is).toBe("up");
    expect(page.sockets).toHaveLength(1);
    page.socket.say({ t: "tomorrow" });
    page.tell("online");
    await clock.pass(4_000);
    expect(link.state.value.is).toBe("waiting");
  });
});

describe("doubt", () => {
  test("what was under way when the line went is no proof of it", async () => {
    page.socket.greet();
    page.tell("offline");
    page.socket.say({ t: "caught_up", room: "r", seq: 1 });
    await clock.pass(4_000);
    expect(page.socket.asked("ping")).toHaveLength(3);
    expect(link.state.value.is).toBe("up");
    await clock.pass(4_000);
    expect(link.state.value.is).toBe("waiting");
  });

  test("a busy line is asked until it answers", async () => {
    page.socket.greet();
    page.tell("offline");
    for (let beat = 0; beat < 5; beat += 1) {
      page.socket.say({ t: "caught_up", room: "r", seq: 1 });
      await clock.pass(4_000);
    }
    page.socket.say({ t: "pong", n: 7, time: clock.ms });
    await clock.pass(20_000);
    expect(link.state.value.is).toBe("up");
    expect(page.socket.asked("ping")).toHaveLength(8);
  });
});

describe("coming back", () => {
  test("each try waits a random part of a bound that doubles, up to 30 s", async () => {
    page.luck = 0.999_999;
    const waits: number[] = [];
    for (let tries = 0; tries < 9; tries += 1) {
      lose();
      const { state } = link;
      const wait_ms = state.value.is === "waiting" ? state.value.retry_at - clock.ms : 0;
      waits.push(wait_ms);
      await clock.pass(wait_ms);
    }
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  test("even the luckiest draw waits for 100 ms", () => {
    page.luck = 0;
    lose();
    expect(link.state.value).toEqual({ is: "waiting", retry_at: clock.ms + 100 });
  });

  test("the attempts are counted until a connection holds for 10 s", async () => {
    lose();
    await clock.pass(125);
    expect(link.state.value).toEqual({ is: "connecting", attempt: 1 });
    page.socket.greet();
    await clock.pass(9_999);
    page.socket.drop();
    await clock.pass(250);
    expect(link.state.value).toEqual({ is: "connecting", attempt: 2 });
    page.socket.greet();
    await clock.pass(10_000);
    page.socket.drop();
    expect(link.state.value).toEqual({ is: "waiting", retry_at: clock.ms + 125 });
  });

  test("a node that says goodbye says when to come back", async () => {
    page.socket.greet();
    page.socket.say({ t: "bye", code: 1012, retry_after_ms: 4_321 });
    page.socket.drop(1012);
    expect(link.state.value).toEqual({ is: "waiting", retry_at: clock.ms + 4_321 });
    await clock.pass(4_321);
    lose();
    expect(link.state.value).toEqual({ is: "waiting", retry_at: clock.ms + 125 });
  });

  test.each([1000, 1001, 1005, 1006, 1011, 1012, 1013, 4408, 4999])("after close code %i one comes back", (code) => {
    lose(code);
    expect(link.state.value).toEqual({ is: "waiting", retry_at: clock.ms + 125 });
  });

  test("who was too fast rests for 5 s", () => {
    lose(4429);
    expect(link.state.value).toEqual({ is: "waiting", retry_at: clock.ms + 5_000 });
  });

  test.each([
    [4401, "signed_out"],
    [4403, "withdrawn"],
    [1002, "outdated"],
    [1007, "outdated"],
    [1009, "outdated"],
    [4400, "outdated"],
  ])("after close code %i one does not: %s", async (code, why) => {
    lose(code);
    expect(link.state.value).toEqual({ is: "ended", why });
    page.tell("online");
    page.show("visible");
    await clock.pass(60_000);
    expect(page.sockets).toHaveLength(1);
  });

  test("who has signed in again may try again", () => {
    lose(4401);
    link.retryNow();
    page.socket.greet();
    expect(link.state.value).toEqual({ is: "up" });
  });

  test.each([
    ["the network comes back", () => page.tell("online")],
    ["the page comes back", () => page.tell("pageshow")],
    ["the page is looked at", () => page.show("visible")],
    ["somebody says so", () => link.retryNow()],
  ])("when %s, the next try is made at once, and once", async (_, wake) => {
    lose();
    wake();
    expect(page.sockets).toHaveLength(2);
    expect(link.state.value.is).toBe("connecting");
    await clock.pass(125);
    expect(page.sockets).toHaveLength(2);
  });

  test("a page that is hidden wakes nothing", () => {
    lose();
    page.show("hidden");
    expect(page.sockets).toHaveLength(1);
  });

  test("a try that was begun before the network came back is begun anew", () => {
    page.tell("online");
    expect(page.sockets).toHaveLength(2);
    expect(page.sockets[0]?.hungUp).toBe(true);
    page.tell("pageshow");
    expect(page.sockets).toHaveLength(2);
  });

  test("without a network the page says so, and tries all the same: the server may be this machine", async () => {
    page.networked = false;
    lose();
    expect(link.state.value).toEqual({ is: "offline" });
    await clock.pass(125);
    expect(link.state.value).toEqual({ is: "offline" });
    page.socket.greet();
    expect(link.state.value).toEqual({ is: "up" });
  });

  test("a page that waits is told when the network goes", async () => {
    lose();
    page.networked = false;
    page.tell("offline");
    expect(link.state.value).toEqual({ is: "offline" });
    page.networked = true;
    page.tell("online");
    expect(link.state.value).toEqual({ is: "connecting", attempt: 1 });
  });

  test("what an abandoned connection still says is not heard", () => {
    const told: string[] = [];
    lose();
    link.retryNow();
    page.socket.greet();
    link.listen((frame) => told.push(frame.t));
    page.sockets[0]?.say({ t: "caught_up", room: "r", seq: 1 });
    page.sockets[0]?.drop(4403);
    expect(told).toEqual([]);
    expect(link.state.value).toEqual({ is: "up" });
  });

  test("a link that was given back does nothing more", async () => {
    page.socket.greet();
    const answer = link.request({ t: "watch", id: "one" });
    link.close();
    await expect(answer).rejects.toBeInstanceOf(Down);
    await expect(link.request({ t: "watch", id: "two" })).rejects.toBeInstanceOf(Down);
    page.tell("online");
    await clock.pass(60_000);
    expect(page.socket.hungUp).toBe(true);
    expect(page.sockets).toHaveLength(1);
  });
});

describe("the server's time", () => {
  test("it is this machine's until the server has said it", () => {
    expect(link.now()).toBe(clock.ms);
  });

  test("it is what the greeting says, give or take half of the handshake", async () => {
    const server = clock.ms + 3_600_000;
    await clock.pass(400);
    page.socket.greet(ANA, server + 200);
    expect(link.now()).toBe(server + 400);
  });

  test("a quicker answer knows it better, and a slower one does not change it", async () => {
    const ahead_ms = 5_000;
    await clock.pass(400);
    page.socket.greet(ANA, clock.ms + ahead_ms + 150);
    await clock.pass(20);
    page.socket.say({ t: "pong", n: 1, time: clock.ms - 10 + ahead_ms });
    expect(link.now()).toBe(clock.ms + ahead_ms);
    await clock.pass(19_980);
    await clock.pass(700);
    page.socket.say({ t: "pong", n: 2, time: clock.ms + ahead_ms });
    expect(link.now()).toBe(clock.ms + ahead_ms);
  });

  test("an answer to another ping says nothing", async () => {
    page.socket.greet(ANA, clock.ms);
    page.socket.say({ t: "pong", n: 77, time: 0 });
    page.socket.say({ t: "pong", time: 0 });
    expect(link.now()).toBe(clock.ms);
  });

  test("a new connection measures anew: this machine may have been set to another time", async () => {
    page.socket.greet(ANA, clock.ms);
    page.socket.drop();
    clock.ms += 3_600_000;
    link.retryNow();
    await clock.pass(50);
    page.socket.greet(ANA, clock.ms - 3_600_000);
    expect(link.now()).toBe(clock.ms - 3_600_000 + 25);
  });
});
