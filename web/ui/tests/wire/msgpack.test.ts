/** What frames are written with and read by, held to the server's bytes and to another implementation. */

import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import * as reference from "@msgpack/msgpack";
import { describe, expect, test } from "vitest";
import { packed } from "../../src/wire/packing.ts";
import { unpacked } from "../../src/wire/unpacking.ts";
import { anyLog, Chance } from "../room/chance.ts";

const EDGES = [0, 1, 0x1f, 0x20, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000];
const WIDE = [0xffffffff, 0x100000000, 1_750_000_000_000, 2 ** 53 - 1];
const NUMBERS = [...EDGES, ...WIDE].flatMap((edge) => [edge, 0 - edge, -edge - 1, edge + 0.5]);
const ODD = [1.5e300, -2.5e-300, 2 ** 60, -(2 ** 63), 0.1, Number.NaN, Number.POSITIVE_INFINITY];
const LENGTHS = [0, 1, 15, 16, 23, 24, 25, 31, 32, 255, 256, 65_535, 65_536];
const LETTERS = ["a", "ß", "€", "🐍", "\u0000", "\uFEFF", "ا"];

const message = (bytes: readonly number[]): ArrayBuffer => Uint8Array.from(bytes).buffer;
const known = (value: unknown) => reference.encode(value, { ignoreUndefined: true });

describe("as another implementation has it", () => {
  const same = (value: unknown) => {
    expect(Buffer.compare(packed(value), known(value))).toBe(0);
    expect(isDeepStrictEqual(unpacked(packed(value).buffer), value)).toBe(true);
  };

  test.each([...NUMBERS, ...ODD])("the number %d", (number) => same(number));

  test.each([null, true, false, "", [], {}])("the value %j", (value) => same(value));

  test.each(LENGTHS)("a text of %d letters", (length) => {
    for (const letter of LETTERS) same(letter.repeat(length));
  });

  test.each(LENGTHS)("a list of %d", (length) => same(Array.from({ length }, () => null)));

  test.each(LENGTHS.filter((length) => length <= 256))("a map of %d", (length) => {
    same(Object.fromEntries(Array.from({ length }, (_, n) => [`k${n}`, n])));
  });

  test("a text is read to its last letter, also where that is the first that is no ASCII", () => {
    for (let before = 0; before < 40; before += 1) same(`${"a".repeat(before)}é`);
  });

  test.each(Array.from({ length: 40 }, (_, seed) => seed))("whatever it may be (%d)", (seed) =>
    same(anything(new Chance(seed), 4)),
  );

  test("the events of a long case", () => same(anyLog(new Chance(7), 300)));

  test("smaller floats, and numbers in more bytes than they need", () => {
    for (const bytes of [
      [0xca, 0x3f, 0xc0, 0, 0],
      [0xcd, 0, 7],
      [0xcf, 0, 0, 0, 0, 0, 0, 0, 7],
      [0xd1, 0, 7],
      [0xd3, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xf9],
      [0xcf, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
      [0xd9, 1, 0x61],
      [0xdd, 0, 0, 0, 1, 0xc3],
      [0xdf, 0, 0, 0, 1, 0xa1, 0x61, 0xc2],
    ])
      expect(unpacked(message(bytes))).toEqual(reference.decode(Uint8Array.from(bytes)));
  });
});

describe("the server's bytes", () => {
  type Row = Readonly<Record<string, string>> & { readonly says: Readonly<Record<string, unknown>> };
  const file = new URL("../../../../tests/vectors/chain.json", import.meta.url);
  const { records }: { readonly records: readonly Row[] } = JSON.parse(readFileSync(file, "utf8"));
  const fields = records.flatMap((row) =>
    Object.entries(row.says).map(([name, says]) => [row[name] ?? "", says] as const),
  );

  test.each(fields)("%s", (hex, says) => {
    expect(hex).not.toBe("");
    expect(unpacked(message([...Buffer.from(hex, "hex")]))).toEqual(says);
  });
});

describe("what is left out", () => {
  test("is undefined, but not in a list", () => {
    expect(unpacked(packed({ a: undefined, b: [undefined, 1] }).buffer)).toEqual({ b: [null, 1] });
  });

  test("halves of characters", () => {
    expect(unpacked(packed("\uD83D").buffer)).toBe("\uFFFD");
  });
});

describe("what is no frame is not read", () => {
  const whole = packed({ t: "event", list: [1, -300, 1.5, "a text of more than thirty-two letters"], no: null });

  test("a message that ends early", () => {
    for (let end = 0; end < whole.length; end += 1) expect(() => unpacked(whole.slice(0, end).buffer)).toThrow();
  });

  test("something behind it", () => {
    expect(() => unpacked(message([...whole, 0xc0]))).toThrow();
  });

  test.each([
    ["binary data", [0xc4, 1, 7]],
    ["an extension", [0xd4, 1, 7]],
    ["a time", [0xd6, 0xff, 0, 0, 0, 0]],
    ["a byte that means nothing", [0xc1]],
    ["a list for a key", [0x81, 0x90, 0xc3]],
    ["a key that maps inherit by", [0x81, 0xa9, ...Buffer.from("__proto__"), 0x80]],
    ["a text that is no UTF-8", [0xa2, 0xc3, 0x28]],
    ["a list that says it is endless", [0xdd, 0xff, 0xff, 0xff, 0xff, 0xc0]],
    ["a map that says it is endless", [0xdf, 0xff, 0xff, 0xff, 0xff, 0xa1, 0x61, 0xc0]],
    ["lists without a bottom", Array.from({ length: 200_000 }, () => 0x91)],
  ])("%s", (_, bytes) => {
    expect(() => unpacked(message(bytes))).toThrow();
  });
});

function anything(chance: Chance, depth: number): unknown {
  const makers: readonly (() => unknown)[] = [
    () => chance.of([...NUMBERS, ...ODD]),
    () => Array.from({ length: chance.upTo(40) }, () => chance.of(LETTERS)).join(""),
    () => chance.of([null, true, false]),
    () => Array.from({ length: chance.upTo(20) }, () => anything(chance, depth - 1)),
    () => Object.fromEntries(Array.from({ length: chance.upTo(20) }, (_, n) => [`k${n}`, anything(chance, depth - 1)])),
  ];
  return makers[chance.upTo(depth === 0 ? 3 : 5)]?.();
}
