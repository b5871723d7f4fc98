import { describe, expect, test } from "vitest";
import { found } from "../../../src/room/opinions/diagnoses.ts";

describe("a diagnosis is found", () => {
  test.each([
    ["myocardial infarction", "I21"],
    ["heart att", "I21"],
    ["stemi", "I21"],
    ["infarction cere", "I63"],
    ["I26", "I26"],
    ["guillain barre", "G61"],
    ["snake", "T63"],
    ["botulism", "A05.1"],
  ])("by %s", (typed, code) => {
    expect(found(typed).map((one) => one.code)).toContain(code);
  });

  test("first where it begins with what is typed", () => {
    expect(found("sepsis")[0]?.code).toBe("A41");
  });

  test("by the beginnings of words alone, and not by one letter", () => {
    expect(found("farction")).toEqual([]);
    expect(found("a")).toEqual([]);
    expect(found("  ")).toEqual([]);
  });

  test("among at most eight", () => {
    expect(found("acute").length).toBe(8);
  });
});
