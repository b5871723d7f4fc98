import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { lookOver, wordsOf } from "../../src/identifiers/doubts.ts";
import { inTime } from "../../src/identifiers/inTime.ts";

describe("the rules", () => {
  it("doubt what may tell who a patient is, also in evidence that is words", async () => {
    const doubts = await lookOver({ text: "Seen on Tuesday." });
    expect(doubts.map(({ field, words }) => [field, words])).toEqual([["text", "Tuesday"]]);
    expect(
      await wordsOf([
        { type: "experience", ref: "two cases" },
        { type: "pmid", ref: "31978945" },
      ]),
    ).toEqual({
      "evidence.0": "two cases",
    });
  });
});

describe("what does not come", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("is not waited for without end", async () => {
    const rules = inTime(new Promise<string>(() => {}));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await rules).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is taken as soon as it is there, and leaves nothing running", async () => {
    expect(await inTime(Promise.resolve("rules"))).toBe("rules");
    expect(vi.getTimerCount()).toBe(0);
  });
});
