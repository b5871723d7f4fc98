import { afterEach, expect, test, vi } from "vitest";
import { slow } from "../../src/live/lateness.ts";
import { thrifty } from "../../src/pictures/thrift.ts";

afterEach(() => {
  slow.value = false;
  vi.unstubAllGlobals();
});

test.each([
  [{}, false],
  [{ connection: { effectiveType: "4g", saveData: false } }, false],
  [{ connection: { effectiveType: "2g" } }, true],
  [{ connection: { effectiveType: "slow-2g" } }, true],
  [{ connection: { effectiveType: "4g", saveData: true } }, true],
])("pictures wait on a line that %j tells of: %s", (navigator, waits) => {
  vi.stubGlobal("navigator", navigator);
  expect(thrifty()).toBe(waits);
});

test("pictures wait while a room is behind", () => {
  vi.stubGlobal("navigator", {});
  slow.value = true;
  expect(thrifty()).toBe(true);
});
