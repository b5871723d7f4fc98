import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { now, tick } from "../../src/design/tick.ts";

const EVERY_MS = 10_000;
/** The device's clock is so fast. */
const FAST_MS = 180_000;
const line = signal("connecting");
let page: EventTarget & { visibilityState: DocumentVisibilityState };
let known: boolean;
let end: () => void;
const serverNow = () => Date.now() - (known ? FAST_MS : 0);

beforeEach(() => {
  vi.useFakeTimers();
  page = Object.assign(new EventTarget(), { visibilityState: "visible" as const });
  vi.stubGlobal("document", page);
  [line.value, known] = ["connecting", false];
  end = tick(serverNow, line);
});
afterEach(() => {
  end();
  vi.unstubAllGlobals();
  vi.useRealTimers();
  now.value = Date.now();
});

test("the time moves on while the page is seen, and at once when it is seen again", () => {
  const began = now.value;
  vi.advanceTimersByTime(EVERY_MS);
  expect(now.value).toBe(began + EVERY_MS);
  page.visibilityState = "hidden";
  vi.advanceTimersByTime(EVERY_MS);
  expect(now.value).toBe(began + EVERY_MS);
  page.visibilityState = "visible";
  page.dispatchEvent(new Event("visibilitychange"));
  expect(now.value).toBe(began + 2 * EVERY_MS);
});

test("the server's time is shown as soon as the line that brings it is up", () => {
  const began = now.value;
  known = true;
  line.value = "up";
  expect(now.value).toBe(began - FAST_MS);
});

test("it stands still once it has ended", () => {
  end();
  const ended = now.value;
  vi.advanceTimersByTime(EVERY_MS);
  line.value = "up";
  page.dispatchEvent(new Event("visibilitychange"));
  expect(now.value).toBe(ended);
});
