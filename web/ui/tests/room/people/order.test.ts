import { expect, test } from "vitest";
import { presenterFirst } from "../../../src/room/people/order.ts";

const here = (person: string) => ({ person, since: 1 });

test("who presents comes first, the others stay in the order of their coming", () => {
  expect(presenterFirst([here("ben"), here("cleo"), here("ana")], "cleo").map((one) => one.person)).toEqual([
    "cleo",
    "ben",
    "ana",
  ]);
});

test("nobody is named twice, and nobody is missed where the presenter is away", () => {
  expect(presenterFirst([here("ben"), here("ana")], "cleo").map((one) => one.person)).toEqual(["ben", "ana"]);
});
