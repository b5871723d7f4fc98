import { expect, test } from "vitest";
import { read, shownAs } from "../../src/offline/pushed.ts";

const STAT = { title: "Stat case, paediatrics", body: "Open Curbside.", path: "/case/c1", tag: "t1", acuity: "stat" };

test("a stat page stays until somebody sees to it, and leads to its case", () => {
  expect(read(JSON.stringify(STAT))).toEqual(STAT);
  expect(shownAs(STAT)).toMatchObject({
    body: "Open Curbside.",
    tag: "t1",
    requireInteraction: true,
    data: { path: "/case/c1" },
  });
});

test("what is not stat goes by itself", () => {
  expect(shownAs({ ...STAT, acuity: null }).requireInteraction).toBe(false);
});

test.each([undefined, "", "no json", "null", "[]", '{"title": 1}'])(
  "what nobody can read (%s) is shown plainly",
  (text) => {
    expect(read(text)).toMatchObject({ title: "Curbside", path: "/" });
  },
);

test.each(["https://evil.example/", "//evil.example", "/api/sessions", "javascript:alert(1)"])(
  "%s leads to the first page",
  (path) => {
    expect(shownAs({ ...STAT, path }).data).toEqual({ path: "/" });
  },
);
