import { signal } from "@preact/signals";
import { beforeEach, expect, test } from "vitest";
import { Ringing } from "../../src/alarm/ringing.ts";
import type { Told } from "../../src/live/notices.ts";
import { NOW } from "../live/peers.ts";

const call = (notice: string, more: Partial<Told> = {}): Told => ({
  notice,
  kind: "page",
  text: "",
  at: NOW,
  acuity: "asap",
  seen: false,
  ...more,
});

const waiting = signal<readonly Told[]>([]);
const now = signal(NOW);
let ringing: Ringing;

beforeEach(() => {
  waiting.value = [];
  now.value = NOW;
  ringing = new Ringing(waiting, now);
});

test("what waits rings, and a stat call before all others", () => {
  waiting.value = [call("n1"), call("n2", { acuity: "stat" })];
  expect(ringing.call.value).toBe("stat");
  expect(ringing.calls.value.map(({ notice }) => notice)).toEqual(["n2", "n1"]);
});

test("nothing rings where nothing waits", () => {
  expect(ringing.call.value).toBeUndefined();
});

test("it ends when it was seen", () => {
  waiting.value = [call("n1")];
  waiting.value = [];
  expect(ringing.call.value).toBeUndefined();
});

test("what is muted is silent and still shown, and what comes later rings", () => {
  waiting.value = [call("n1", { acuity: "stat" })];
  ringing.mute();
  expect(ringing.call.value).toBeUndefined();
  expect(ringing.calls.value).toHaveLength(1);
  waiting.value = [...waiting.value, call("n2")];
  expect(ringing.call.value).toBe("asap");
});

test("after its deadline nothing rings", () => {
  waiting.value = [call("n1", { deadline_at: NOW + 1_000 })];
  expect(ringing.call.value).toBe("asap");
  now.value = NOW + 1_000;
  expect(ringing.call.value).toBeUndefined();
  expect(ringing.calls.value).toEqual([]);
});
