import { expect, test } from "vitest";
import { observersIn } from "../../../src/room/people/observers.ts";

test.each([
  [{ mode: "off", delay_s: 0, total: 0, kinds: {} }, "No observers: they are shut out of this room."],
  [{ mode: "live", delay_s: 0, total: 0, kinds: {} }, "No observers now. They may read along live."],
  [{ mode: "live", delay_s: 0, total: 1, kinds: { pharma: 1 } }, "1 observer: 1 pharma. They read along live."],
  [
    { mode: "delayed", delay_s: 60, total: 1_203, kinds: { research: 1_202, space_agency: 1 } },
    "1,203 observers: 1,202 research and 1 space agency. They read 60 s later.",
  ],
])("%j is told in words", (observers, words) => {
  expect(observersIn(observers)).toBe(words);
});
