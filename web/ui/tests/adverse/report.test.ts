import { expect, test } from "vitest";
import { bandName, patientName, reporterName } from "../../src/adverse/patient.ts";
import { begun, blank, keeping, UNKNOWN, wrongs } from "../../src/adverse/report.ts";

const whole = { age_band: "40-64", sex: "f", product: "Antivenin", event: "Rash." };

test("a report begins with what the case says of the patient", () => {
  expect(blank({ age_band: "40-64", sex: null })).toEqual({ age_band: "40-64", sex: "", product: "", event: "" });
});

test("each of the four elements is needed, and may be not known of the patient", () => {
  expect([...wrongs(blank({})).keys()]).toEqual(["age_band", "sex", "product", "event"]);
  expect(wrongs({ ...whole, age_band: UNKNOWN, sex: UNKNOWN }).size).toBe(0);
  expect([...wrongs({ ...whole, event: "  " }).keys()]).toEqual(["event"]);
});

test("what is too long is told before it is sent, in characters as the server counts them", () => {
  expect(wrongs({ ...whole, product: "🐍".repeat(200) }).size).toBe(0);
  expect(wrongs({ ...whole, product: "🐍".repeat(201) }).get("product")).toContain("200");
});

test("patient and reporter are called by words, and as the server says where there is none", () => {
  expect(patientName("40-64, f")).toBe("40–64 years, female");
  expect(patientName("unknown, unknown")).toBe("Not known, not known");
  expect(patientName("adult")).toBe("adult");
  expect(bandName("elderly")).toBe("elderly");
  expect(reporterName("physician, cardiology")).toBe("physician, Cardiology");
  expect(reporterName("nurse")).toBe("nurse");
});

test("what was written is kept and taken up again; an empty form is not kept", () => {
  const draft = { report: { ...whole, sex: UNKNOWN }, confirmed: ["12/03/2024"] };
  expect(begun(keeping(draft), { sex: "m" })).toEqual(draft);
  expect(keeping(begun(null, { age_band: "40-64", sex: "m" }))).toBeNull();
});
