import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { atDeadlines } from "../../src/alarm/deadlines.ts";
import { Ringing } from "../../src/alarm/ringing.ts";
import { move, now, tick } from "../../src/design/tick.ts";
import type { Told } from "../../src/live/notices.ts";

/** The server's clock is so far behind the device's. */
const BEHIND_MS = 40_000;
const serverNow = () => Date.now() - BEHIND_MS;
const waiting = signal<readonly Told[]>([]);
let ringing: Ringing;
let ends: (() => void)[];

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("document", Object.assign(new EventTarget(), { visibilityState: "hidden" }));
  waiting.value = [];
  ends = [tick(serverNow, signal(0))];
  ringing = new Ringing(waiting, now);
  ends.push(atDeadlines(ringing.calls, serverNow, move));
});
afterEach(() => {
  for (const end of ends) end();
  vi.unstubAllGlobals();
  vi.useRealTimers();
  now.value = Date.now();
});

/** A call that is to be answered within so long. */
function call(notice: string, within_ms?: number): Told {
  const until = within_ms === undefined ? {} : { deadline_at: serverNow() + within_ms };
  return { notice, kind: "page", text: "", at: serverNow(), acuity: "stat", seen: false, ...until };
}

const rings = () => ringing.calls.value.map(({ notice }) => notice);

test("in a tab that nobody sees a call is silent once its deadline has passed", () => {
  waiting.value = [call("n1", 90_000)];
  vi.advanceTimersByTime(89_999);
  expect(ringing.call.value).toBe("stat");
  vi.advanceTimersByTime(1);
  expect(ringing.call.value).toBeUndefined();
});

test("each is silent at its own deadline, and what has none rings on", () => {
  waiting.value = [call("later", 90_000), call("soon", 60_000), call("always")];
  vi.advanceTimersByTime(60_000);
  expect(rings()).toEqual(["later", "always"]);
  vi.advanceTimersByTime(30_000);
  expect(rings()).toEqual(["always"]);
});

test("no timer is left once nothing rings, or nobody listens", () => {
  const before = vi.getTimerCount();
  waiting.value = [call("n1", 60_000)];
  expect(vi.getTimerCount()).toBe(before + 1);
  waiting.value = [];
  expect(vi.getTimerCount()).toBe(before);
  waiting.value = [call("n2", 60_000)];
  ends.pop()?.();
  expect(vi.getTimerCount()).toBe(before);
});
