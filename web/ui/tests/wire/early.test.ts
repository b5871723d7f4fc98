import { afterEach, expect, test, vi } from "vitest";
import { SUBPROTOCOL } from "../../src/wire/codec.ts";
import type { WithEarly } from "../../src/wire/early.ts";
import { thisBrowser } from "../../src/wire/surroundings.ts";
import { STREAMS_UNTIL } from "../../src/wire/way.ts";
import { Socket } from "./browser.ts";

const URL_ = "wss://curbside.example/ws";
const opened: Socket[] = [];

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
  delete (globalThis as WithEarly).curbsideEarly;
  opened.length = 0;
});

/** Load the early script in a page with this cookie. */
async function load(cookie: string): Promise<void> {
  class Opened extends Socket {
    constructor(url: string, protocols: readonly string[]) {
      super(url, protocols);
      opened.push(this);
    }
  }
  vi.stubGlobal("document", { cookie });
  vi.stubGlobal("location", { origin: "https://curbside.example" });
  vi.stubGlobal("navigator", {});
  vi.stubGlobal("window", new EventTarget());
  vi.stubGlobal("WebSocket", Opened);
  await import("../../src/wire/early.ts");
}

test("where somebody is signed in, the connection is the one that the link would open", async () => {
  await load("a=b; curbside_signed_in=1");
  expect(opened.map(({ url, protocols, binaryType }) => ({ url, protocols, binaryType }))).toEqual([
    { url: URL_, protocols: [SUBPROTOCOL], binaryType: "arraybuffer" },
  ]);
  expect(thisBrowser().dial(URL_, [SUBPROTOCOL])).toBe(opened[0]);
});

test("what came before the link was there is told to it, in order and once", async () => {
  await load("curbside_signed_in=1");
  opened[0]?.message("welcome");
  opened[0]?.drop(4401);
  const heard: unknown[] = [];
  const socket = thisBrowser().dial(URL_, [SUBPROTOCOL]);
  socket.addEventListener("message", ({ data }) => heard.push(data));
  socket.addEventListener("close", ({ code }) => heard.push(code));
  await Promise.resolve();
  opened[0]?.message("later");
  expect(heard).toEqual(["welcome", 4401, "later"]);
});

test("the second connection is another one", async () => {
  await load("curbside_signed_in=1");
  const first = thisBrowser().dial(URL_, [SUBPROTOCOL]);
  expect(thisBrowser().dial(URL_, [SUBPROTOCOL])).not.toBe(first);
  expect(opened).toHaveLength(2);
});

test("a link that is there before has its own connection, and no other is opened", async () => {
  await load("");
  const first = thisBrowser().dial(URL_, [SUBPROTOCOL]);
  vi.resetModules();
  await load("curbside_signed_in=1");
  expect(opened).toEqual([first]);
});

test("where nobody is signed in, nothing is opened", async () => {
  await load("curbside_signed_in=");
  expect(opened).toEqual([]);
});

test("where the network lets no WebSocket pass, none is opened", async () => {
  const until = String(Date.now() + 60_000);
  vi.stubGlobal("sessionStorage", { getItem: (name: string) => (name === STREAMS_UNTIL ? until : null) });
  await load("curbside_signed_in=1");
  expect(opened).toEqual([]);
});
