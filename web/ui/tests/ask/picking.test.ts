import { beforeAll, expect, test } from "vitest";
import { fetchOtherWords, OFTEN, SPECIALTIES } from "../../src/ask/options.ts";
import { offered, ownOption } from "../../src/ask/picking.ts";

const found = (typed: string, chosen: string[] = []) => offered(SPECIALTIES, typed, chosen).map(({ value }) => value);

beforeAll(fetchOtherWords);

test("nothing typed offers all, in the order of the language", () => {
  expect(found("")).toEqual(SPECIALTIES.map(({ value }) => value));
});

test("what is typed in American finds what is written in British", () => {
  expect(found("pediatrics")).toEqual(["paediatrics"]);
  expect(found("Anesth")).toEqual(["anaesthesiology", "paediatric_anaesthesiology"]);
  expect(found("gynec")).toContain("obstetrics_gynaecology");
});

test("the beginning of a name comes before its middle, and the short name first", () => {
  const [first, second] = found("paed");
  expect([first, second]).toEqual(["paediatrics", "paediatric_surgery"]);
  expect(found("surgery").at(-1)).not.toBe("general_surgery");
});

test("abbreviations find what they stand for", () => {
  expect(found("ENT")).toContain("otolaryngology");
  expect(found("picu")).toEqual(["paediatric_intensive_care"]);
});

test("several words narrow it, in any order", () => {
  expect(found("care int")).toContain("paediatric_intensive_care");
  expect(found("care neuro")).toEqual(["neurocritical_care"]);
  expect(found("care derm")).toEqual([]);
});

test("what is chosen is not offered again", () => {
  expect(found("cardiology", ["cardiology"])).not.toContain("cardiology");
});

test("what is not in the list may be added, named as the others are", () => {
  expect(ownOption(SPECIALTIES, " Aerospace  Medicine ", [])).toEqual({
    value: "aerospace_medicine",
    label: "Aerospace Medicine",
  });
});

test("what is in the list or chosen is not another one", () => {
  expect(ownOption(SPECIALTIES, "Pediatrics", [])).toBeNull();
  expect(ownOption(SPECIALTIES, "aerospace medicine", ["aerospace_medicine"])).toBeNull();
  expect(ownOption(SPECIALTIES, "  ", [])).toBeNull();
});

test("what is added is as long as the server allows", () => {
  expect([...(ownOption(SPECIALTIES, "ä".repeat(80), [])?.value ?? "")]).toHaveLength(64);
});

test("a code of the server's list has its name, one of earlier versions as well", () => {
  expect(SPECIALTIES.find(({ value }) => value === "paediatric_cardiology")?.label).toBe("Paediatric cardiology");
  expect(SPECIALTIES.map(({ value }) => value)).toEqual(expect.arrayContaining(["toxicology", "medical_toxicology"]));
});

test("what is asked often is in the list", () => {
  expect(SPECIALTIES.map(({ value }) => value)).toEqual(expect.arrayContaining([...OFTEN]));
});
