import { expect, test } from "vitest";
import { minutes } from "../../src/words/minutes.ts";

test.each([
  [80_000, "1:20"],
  [79_001, "1:20"],
  [5_000, "0:05"],
  [1_800_000, "30:00"],
  [0, "0:00"],
  [-9_000, "0:00"],
])("%i ms are %s", (ms, says) => {
  expect(minutes(ms)).toBe(says);
});
