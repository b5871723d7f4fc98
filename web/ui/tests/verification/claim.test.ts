import { describe, expect, test } from "vitest";
import { COUNTRIES, claimOf, inCountry, licencesOf, NOBODY } from "../../src/verification/claim.ts";

const LICENCES = [
  { country: "US", register: "npi", name: "NPI", example: "1", guessed: false },
  { country: "CH", register: "gln", name: "GLN", example: "2", guessed: true },
];

describe("a claim", () => {
  test("has the licence of its country, and none where no format is known", () => {
    expect(inCountry(NOBODY, "CH", LICENCES)).toMatchObject({ country: "CH", register: "gln" });
    expect(inCountry({ ...NOBODY, register: "npi" }, "FJ", LICENCES)).toMatchObject({ country: "FJ", register: "" });
    expect(licencesOf(LICENCES, "US")).toHaveLength(1);
  });

  test("begins with what was said before", () => {
    expect(claimOf(null, "")).toEqual(NOBODY);
    expect(claimOf({ family: "Li", given: "Yan" }, "cardiology")).toEqual({
      ...NOBODY,
      family: "Li",
      given: "Yan",
      specialty: "cardiology",
    });
  });

  test("may be of any country that people live in, each once, by its name", () => {
    expect(new Set(COUNTRIES).size).toBe(COUNTRIES.length);
    expect(COUNTRIES.length).toBeGreaterThan(240);
    const names = new Intl.DisplayNames("en", { type: "region" });
    expect(COUNTRIES.filter((code) => names.of(code) === code)).toEqual([]);
  });
});
