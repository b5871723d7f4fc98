import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { locked, watchIdle } from "../../src/app/idle.ts";
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

beforeEach(() => {
  vi.useFakeTimers();
  [page, server, device] = [new EventTarget(), new Server(), new Map()];
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
  locked.value = false;
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  locked.value = false;
});

function watched(): void {
  const memory = {
    get: (key: string) => device.get(key) ?? null,
    set: (key: string, text: string) => device.set(key, text),
  };
  watchIdle(server, () => true, memory);
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
  vi.clearAllTimers();
  server.reached = false;
  page = new EventTarget();
  watched();
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
