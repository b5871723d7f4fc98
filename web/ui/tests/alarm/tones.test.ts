import { expect, test } from "vitest";
import { type Call, LOUDEST, PATTERNS, samples } from "../../src/alarm/tones.ts";

const RATE = 8_000;
const CALLS: readonly Call[] = ["stat", "asap"];

test.each(CALLS)("%s takes turns of two tones and then pauses", (call) => {
  const pattern = PATTERNS[call];
  const sound = samples(pattern, RATE);
  const heard_s = pattern.tones_hz.length * pattern.tone_s;
  expect(new Set(pattern.tones_hz).size).toBe(2);
  expect(sound).toHaveLength(Math.round(pattern.every_s * RATE));
  expect(sound.subarray(Math.ceil(heard_s * RATE)).every((sample) => sample === 0)).toBe(true);
});

test.each(CALLS)("%s neither clicks nor distorts", (call) => {
  const pattern = PATTERNS[call];
  const sound = samples(pattern, RATE);
  expect(Math.max(...sound.map(Math.abs))).toBeLessThanOrEqual(1);
  const length = Math.round(pattern.tone_s * RATE);
  for (const turn of pattern.tones_hz.keys()) {
    expect(Math.abs(sound[turn * length] ?? 1)).toBeLessThan(0.01);
    expect(Math.abs(sound[(turn + 1) * length - 1] ?? 1)).toBeLessThan(0.01);
  }
});

test("a tone has the pitch that it says", () => {
  const sound = samples({ tones_hz: [500], tone_s: 1, every_s: 1 }, RATE);
  const rises = sound.filter((sample, at) => sample >= 0 && (sound[at - 1] ?? 0) < 0).length;
  expect(Math.abs(rises - 500)).toBeLessThan(3);
});

test("no choice is louder than what is bearable", () => {
  expect(LOUDEST).toBeLessThanOrEqual(0.6);
});
