import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ADDRESSES, isScreen } from "../../src/offline/screens.ts";

const read = (path: string) => readFileSync(new URL(`../../../../${path}`, import.meta.url), "utf8");

test("the page that is kept stands at every address at which the server has it, and at no other", () => {
  const [, served = ""] = /^ADDRESSES: Final = \(([^)]+)\)/m.exec(read("web/pages/serving.py")) ?? [];
  const addresses = [...served.matchAll(/"([^"]+)"/g)].map(([, address]) => address);
  expect(addresses).toContain("/case/{id}");
  expect([...ADDRESSES].sort()).toEqual(addresses.sort());
});

test("every screen of the page has such an address", () => {
  const tables = ["Screens", "elsewhere"].map((name) => read(`web/ui/src/app/${name}.tsx`)).join("\n");
  const addresses = [...tables.matchAll(/^ {2}"(\/[^"]*)":/gm)].map(([, address]) => address);
  expect(addresses.sort()).toEqual([...ADDRESSES].sort());
});

test.each(["/", "/moderation", "/sanctions", "/case/01J9", "/archive", "/archive/01J9"])(
  "there is a screen at %s",
  (path) => {
    expect(isScreen(path)).toBe(true);
  },
);

test.each(["/docs/", "/api/cases", "/case/", "/case/a/b", "/moderation/x", "/worker.js"])(
  "there is none at %s",
  (path) => {
    expect(isScreen(path)).toBe(false);
  },
);
