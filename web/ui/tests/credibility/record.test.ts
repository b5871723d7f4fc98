import { expect, test } from "vitest";
import { dot } from "../../src/credibility/Reliability.tsx";
import { bySpecialty, items, placeOf, short, type Told, whole } from "../../src/credibility/record.ts";

const told = (specialty: string, kind: Told["kind"]): Told => ({ specialty, kind, n: 12, place: "about" });

/** An API that answers with the path that it was asked for. */
const api = { get: <T>(path: string) => Promise.resolve(path as T) };
const { signal } = new AbortController();

test("standings are taken together by specialty, opinions first", () => {
  const given = [told("toxicology", "advice"), told("", "stance"), told("toxicology", "opinion")];
  expect(bySpecialty(given)).toEqual([
    ["toxicology", [told("toxicology", "opinion"), told("toxicology", "advice")]],
    ["", [told("", "stance")]],
  ]);
});

test("one's own record and anybody's have addresses of their own", async () => {
  expect(await whole(api, { own: true }, signal)).toBe("/api/me/credibility");
  expect(await whole(api, { own: false, person: "p/1" }, signal)).toBe("/api/moderation/people/p%2F1/credibility");
  expect(await short(api, "ben", signal)).toBe("/api/credibility/ben");
});

test("what was said is read in the archive, at its event", () => {
  expect(placeOf("case1", "e2.1")).toBe("/archive/case1#e2.1");
});

test("the next page begins where the last one ended", async () => {
  expect(await items(api, { own: true }, null)).toBe("/api/me/credibility/items");
  expect(await items(api, { own: true }, "5~r~e.1")).toBe("/api/me/credibility/items?before=5%7Er%7Ee.1");
});

test("the area of a dot says how many, and the smallest is to be seen", () => {
  expect(dot(1)).toBe(10);
  expect(dot(0.25)).toBe(5);
  expect(dot(0)).toBe(3);
});
