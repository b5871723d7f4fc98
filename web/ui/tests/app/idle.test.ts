import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { absent_ms, locked, unlock, watchIdle } from "../../src/app/idle.ts";
import { Offline } from "../../src/http/problem.ts";

const MINUTE_MS = 60_000;
const IDLE_S = 600;

/** A server that is reached or not; `told`: how often it heard of somebody at the page. */
class Server {
  reached = true;
  told = 0;

  async get<T>(): Promise<T> {
    if (!this.reached) throw new Offline();
    return { ways: ["password"], demo: false, idle_s: IDLE_S } as T;
  }

  async post<T>(): Promise<T> {
    this.told += 1;
    return undefined as T;
  }
}

let page: EventTarget;
let server: Server;
let device: Map<string, string>;
let signed_in: boolean;

beforeEach(() => {
  vi.useFakeTimers();
  [page, server, device, signed_in] = [new EventTarget(), new Server(), new Map(), true];
  vi.stubGlobal("addEventListener", (...heard: Parameters<EventTarget["addEventListener"]>) =>
    page.addEventListener(...heard),
  );
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => device.get(key) ?? null,
    setItem: (key: string, text: string) => device.set(key, text),
  });
  locked.value = false;
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  locked.value = false;
});

function watched(): void {
  watchIdle(server, () => signed_in);
}

/** The page is opened anew, while no server is reached. */
function reopened(): void {
  // Its timers go, which sets the clock back as well.
  const now = Date.now();
  vi.clearAllTimers();
  vi.setSystemTime(now);
  server.reached = false;
  page = new EventTarget();
  locked.value = false;
  watched();
}

const key = () => page.dispatchEvent(new Event("keydown"));
const passes = (ms: number) => vi.advanceTimersByTimeAsync(ms);
/** The device sleeps: its clock goes on, and no script runs. */
const sleeps = (ms: number) => vi.setSystemTime(Date.now() + ms);

test("a page that nobody uses for so long as the server says is locked", async () => {
  watched();
  await passes(IDLE_S * 1_000 - 1);
  expect(locked.value).toBe(false);
  await passes(5_000);
  expect(locked.value).toBe(true);
});

test("a page that is used stays open, and the server hears of it once a minute", async () => {
  watched();
  for (let minute = 0; minute < 20; minute++) {
    await passes(MINUTE_MS);
    key();
    key();
  }
  expect([locked.value, server.told]).toEqual([false, 20]);
});

test("the key that wakes a device which slept too long opens nothing", async () => {
  watched();
  await passes(MINUTE_MS);
  sleeps(IDLE_S * 1_000);
  key();
  expect([locked.value, server.told]).toEqual([true, 0]);
});

test("what the server said is known to the next page, also while no server is reached", async () => {
  watched();
  await passes(MINUTE_MS);
  reopened();
  await passes(IDLE_S * 1_000 + 5_000);
  expect(locked.value).toBe(true);
});

test("a server that was not reached is asked again", async () => {
  server.reached = false;
  watched();
  await passes(3 * MINUTE_MS);
  server.reached = true;
  await passes(IDLE_S * 1_000);
  expect(locked.value).toBe(true);
});

test("a page that is opened too long after anybody was at the last one begins locked", async () => {
  watched();
  await passes(MINUTE_MS);
  key();
  await passes(IDLE_S * 1_000);
  reopened();
  expect([locked.value, absent_ms]).toEqual([true, IDLE_S * 1_000]);
});

test("a page that is opened soon after begins open", async () => {
  watched();
  await passes(MINUTE_MS);
  key();
  await passes(IDLE_S * 1_000 - 1);
  reopened();
  expect([locked.value, absent_ms]).toEqual([false, 0]);
});

test("what is typed on a locked page does not open the next one", async () => {
  watched();
  await passes(MINUTE_MS);
  key();
  await passes(IDLE_S * 1_000 + 5_000);
  key();
  reopened();
  expect(locked.value).toBe(true);
});

test("what is typed where nobody is signed in does not open the next page", async () => {
  watched();
  await passes(MINUTE_MS);
  key();
  signed_in = false;
  await passes(IDLE_S * 1_000);
  key();
  signed_in = true;
  reopened();
  expect(locked.value).toBe(true);
});

test("who has just proved who they are is not asked again, on this page or the next", async () => {
  watched();
  await passes(MINUTE_MS);
  key();
  await passes(IDLE_S * 1_000);
  reopened();
  unlock();
  await passes(MINUTE_MS);
  expect([locked.value, absent_ms]).toEqual([false, 0]);
  reopened();
  expect(locked.value).toBe(false);
});
