import { describe, expect, test } from "vitest";
import { idsBy, newId } from "../../src/wire/ids.ts";

describe("ids", () => {
  test("an id is a UUIDv7 that begins with its time", () => {
    const id = idsBy(
      () => 0x0197_1234_5678,
      (bytes) => bytes.fill(0xff),
    )();
    expect(id).toBe("01971234-5678-77ff-bfff-ffffffffffff");
  });

  test("ids sort in the order of their making, also within one millisecond and where the clock goes back", () => {
    let now = 1_750_000_000_000;
    const next = idsBy(
      () => now,
      (bytes) => crypto.getRandomValues(bytes),
    );
    const ids = Array.from({ length: 10_000 }, (_, n) => {
      if (n === 5_000) now -= 3_600_000;
      return next();
    });
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  test("ids are what the server takes for one", () => {
    expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
