import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { later, unfetched } from "../../src/design/later.tsx";
import { slow } from "../../src/live/lateness.ts";
import { fetchAhead } from "../../src/offline/ahead.ts";

const MINUTE_MS = 60_000;
const View = () => null;
let before: readonly (() => Promise<unknown>)[];
let fetched: string[];

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("navigator", {});
  before = [...unfetched];
  unfetched.clear();
  fetched = [];
  later(async () => {
    fetched.push("menu");
    return View;
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  slow.value = false;
  unfetched.clear();
  for (const one of before) unfetched.add(one);
});

test("what a tap opens is fetched once the page is drawn", async () => {
  fetchAhead();
  expect(fetched).toEqual([]);
  await vi.advanceTimersByTimeAsync(MINUTE_MS);
  expect(fetched).toEqual(["menu"]);
  expect(unfetched.size).toBe(0);
});

test("what does not come hinders nothing else, and is left for the tap", async () => {
  later(() => Promise.reject(new TypeError("the line is down")));
  later(async () => {
    fetched.push("keys");
    return View;
  });
  fetchAhead();
  await vi.advanceTimersByTimeAsync(MINUTE_MS);
  expect(fetched).toEqual(["menu", "keys"]);
  expect(unfetched.size).toBe(1);
});

test("a slow line is left to what one asks for", async () => {
  slow.value = true;
  fetchAhead();
  await vi.advanceTimersByTimeAsync(MINUTE_MS);
  expect(fetched).toEqual([]);
});

test("where a worker keeps the page, the page fetches nothing ahead", async () => {
  vi.stubGlobal("navigator", { serviceWorker: {} });
  fetchAhead();
  await vi.advanceTimersByTimeAsync(MINUTE_MS);
  expect(fetched).toEqual([]);
});
