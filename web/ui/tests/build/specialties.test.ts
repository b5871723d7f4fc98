import { readFileSync } from "node:fs";
import also from "virtual:specialties/also";
import names from "virtual:specialties/name";
import { expect, test } from "vitest";

const FILE = new URL("../../../../realtime/rooms/specialties.json", import.meta.url);
const LIST: readonly { code: string; name: string; also?: string }[] = JSON.parse(readFileSync(FILE, "utf8"));

test("the page calls each specialty as the server's list does, and knows no other", () => {
  expect(names).toEqual(Object.fromEntries(LIST.map(({ code, name }) => [code, name])));
});

test("each is found by the other words of the list", () => {
  expect(also).toEqual(Object.fromEntries(LIST.flatMap((one) => (one.also ? [[one.code, one.also]] : []))));
});
