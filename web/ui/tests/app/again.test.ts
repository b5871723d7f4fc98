import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { locked, unlock, watchIdle } from "../../src/app/idle.ts";
import { Offline } from "../../src/http/problem.ts";

const IDLE_MS = 600_000;
const FAR_AHEAD_MS = 86_400_000;

let again: typeof import("../../src/app/again.ts");
let device: Map<string, string>;
let went: string[];
let opened: number;

beforeAll(async () => {
  vi.stubGlobal("document", { cookie: "" });
  again = await import("../../src/app/again.ts");
});
beforeEach(() => {
  vi.useFakeTimers();
  [device, went, opened] = [new Map([["curbside.me", "ana"]]), [], 0];
  vi.stubGlobal("addEventListener", () => undefined);
  vi.stubGlobal("location", { assign: (to: string) => went.push(to) });
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => device.get(key) ?? null,
    setItem: (key: string, text: string) => device.set(key, text),
    removeItem: (key: string) => device.delete(key),
  });
});
afterEach(() => {
  unlock();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** What the server says of who is signed in; nothing where it is not reached. */
function saying(current?: { person: string; proved_at?: number }) {
  return {
    async get<T>(): Promise<T> {
      if (!current) throw new Offline();
      return current as T;
    },
  };
}

const openFor = (api: ReturnType<typeof saying>) => again.openFor(api, "ana", () => (opened += 1));

test("a page opens for its person", async () => {
  expect(await openFor(saying({ person: "ana" }))).toBeUndefined();
  expect([opened, went, device.has("curbside.me")]).toEqual([1, [], true]);
});

test("a page does not open for another, for whom it begins anew; what was written on it stays on the device", async () => {
  device.set("curbside.draft/ana/r1/say", "{}");
  expect(await openFor(saying({ person: "ben" }))).toBeUndefined();
  expect([opened, went, [...device.keys()]]).toEqual([0, ["/"], ["curbside.draft/ana/r1/say", "curbside.active_at"]]);
});

test("a page stays closed where the server does not say who has signed in, and says so", async () => {
  expect(await openFor(saying())).toMatch(/cannot be reached/);
  expect([opened, went]).toEqual([0, []]);
});

/** A page that begins so long after anybody was here. */
function begun(absent_ms: number): void {
  device.set("curbside.idle_s", String(IDLE_MS / 1_000));
  device.set("curbside.active_at", String(Date.now() - absent_ms));
  watchIdle({ ...saying(), post: () => Promise.reject(new Offline()) }, () => true);
}

/** By a server whose clock is another; `ago_ms`: when they proved who they are. */
function proved(ago_ms: number): Promise<boolean> {
  const now = () => Date.now() + FAR_AHEAD_MS;
  return again.provedMeanwhile(saying({ person: "ana", proved_at: now() - ago_ms }), { now });
}

test("who comes back from their hospital has proved who they are", async () => {
  begun(IDLE_MS);
  expect(locked.value).toBe(true);
  expect(await proved(20_000)).toBe(true);
});

test("what was proved when they last worked here opens nothing", async () => {
  begun(IDLE_MS);
  expect(await proved(IDLE_MS - 60_000)).toBe(false);
});

test("a page that was locked while it was open asks its person, whatever was proved elsewhere", async () => {
  begun(0);
  locked.value = true;
  expect(await proved(0)).toBe(false);
});
