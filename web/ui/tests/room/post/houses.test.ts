import { expect, test } from "vitest";
import { housed } from "../../../src/room/post/houses.ts";

const other = { same_house: false };
const own = { same_house: true };

test.each([
  [[other], "ben, of another house than the author"],
  [[other, other], "ben, of other houses than the author"],
  [[own], "ben, of the author's own house"],
  [[own, own], "ben, of the author's own house"],
  [[other, own, other], "ben, 1 of them of the author's own house"],
])("%#: where the server knew, a count says from where", (stances, says) => {
  expect(housed("ben", stances)).toBe(says);
});

test("where it did not know of one of them, nothing is said of any", () => {
  expect(housed("ben", [other, {}])).toBe("ben");
});
