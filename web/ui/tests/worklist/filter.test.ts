import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  ALL,
  choose,
  filter,
  filtered,
  forgetFilter,
  namesOf,
  narrows,
  recall,
  wishOf,
  withSpecialty,
} from "../../src/worklist/filter.ts";
import type { Line } from "../../src/worklist/store.ts";

const line = (room: string, given: Partial<Line> = {}): Line => ({
  room,
  status: "open",
  title: "Chest pain",
  acuity: "urgent",
  specialties: ["cardiology"],
  languages: ["en"],
  opened_at: 0,
  ...given,
});

const LINES = [
  line("r1", { acuity: "stat", title: "Fièvre et purpura", languages: ["fr"] }),
  line("r2", { specialties: ["paediatric_intensive_care"] }),
  line("r3", { specialties: ["infectious_disease", "cardiology"] }),
];

const found = (words: string) => filtered(LINES, { ...ALL, words }).map(({ room }) => room);

function storage() {
  const rows = new Map<string, string>();
  return {
    getItem: (key: string) => rows.get(key) ?? null,
    setItem: (key: string, value: string) => void rows.set(key, value),
    removeItem: (key: string) => void rows.delete(key),
  };
}

beforeEach(() => {
  vi.stubGlobal("localStorage", storage());
  vi.stubGlobal("sessionStorage", storage());
});

afterEach(() => {
  forgetFilter("ana");
  forgetFilter("ben");
  vi.unstubAllGlobals();
});

test("nothing wanted shows all, in their order", () => {
  expect(filtered(LINES, ALL)).toEqual(LINES);
});

test("words are found in title, acuity, specialties and languages, whatever the accents and capitals", () => {
  expect(found("FIEVRE")).toEqual(["r1"]);
  expect(found("stat")).toEqual(["r1"]);
  expect(found("pediatric care")).toEqual(["r2"]);
  expect(found("french")).toEqual(["r1"]);
});

test("all words have to be there", () => {
  expect(found("chest infectious")).toEqual(["r3"]);
  expect(found("chest french")).toEqual([]);
});

test("one's own specialty is one of those that are wanted, beside the others", () => {
  const both = withSpecialty({ ...ALL, specialties: ["toxicology"] }, "cardiology", true);
  expect(wishOf(both)).toEqual({ specialties: ["toxicology", "cardiology"], languages: [] });
  expect(withSpecialty(both, "cardiology", false).specialties).toEqual(["toxicology"]);
  expect([narrows(ALL), narrows({ ...ALL, words: "bite" }), narrows({ ...ALL, languages: ["fr"] })]).toEqual([
    false,
    false,
    true,
  ]);
  expect(namesOf({ ...both, languages: ["fr"] })).toBe("Toxicology, Cardiology, and French");
});

test("a choice is there again on one's next visit with this device, and nobody else's", () => {
  recall("ana");
  choose({ ...ALL, words: "bite", languages: ["fr"] });
  recall("ben");
  expect(filter.value).toEqual(ALL);
  vi.stubGlobal("sessionStorage", storage());
  recall("ana");
  expect(filter.value).toEqual({ ...ALL, languages: ["fr"] });
});

test("who signs out leaves no choice on the device", () => {
  recall("ana");
  choose({ ...ALL, languages: ["fr"] });
  forgetFilter("ana");
  recall("ana");
  expect(filter.value).toEqual(ALL);
});
