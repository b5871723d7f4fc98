import { expect, test } from "vitest";
import { between, FIRST, isMeant, pixelsOf, pressed } from "../src/pictures/boxes.ts";

test("a box lies between two corners, drawn from any of them, and never beyond the picture", () => {
  const box = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };
  expect(between({ x: 0.25, y: 0.25 }, { x: 0.75, y: 0.75 })).toEqual(box);
  expect(between({ x: 0.75, y: 0.25 }, { x: 0.25, y: 0.75 })).toEqual(box);
  expect(between({ x: -3, y: 0.5 }, { x: 0.5, y: 7 })).toEqual({ x: 0, y: 0.5, width: 0.5, height: 0.5 });
});

test("a tap makes no box", () => {
  expect(isMeant(between({ x: 0.5, y: 0.5 }, { x: 0.501, y: 0.9 }))).toBe(false);
  expect(isMeant(FIRST)).toBe(true);
});

test("arrows move a box, with Shift they change its size, and it stays on the picture", () => {
  expect(pressed(FIRST, "ArrowLeft", false)).toEqual(FIRST);
  expect(pressed(FIRST, "ArrowRight", false)?.x).toBeCloseTo(0.01);
  expect(pressed(FIRST, "ArrowDown", true)?.height).toBeCloseTo(0.13);
  expect(pressed(FIRST, "a", false)).toBeNull();
  let box = FIRST;
  for (let n = 0; n < 300; n++) box = pressed(box, n % 2 ? "ArrowRight" : "ArrowDown", n % 3 === 0) ?? box;
  expect(box.x + box.width).toBeLessThanOrEqual(1 + 1e-9);
  expect(box.y + box.height).toBeLessThanOrEqual(1 + 1e-9);
  for (let n = 0; n < 300; n++) box = pressed(box, n % 2 ? "ArrowLeft" : "ArrowUp", true) ?? box;
  expect(isMeant(box)).toBe(true);
});

test("every pixel that a box touches is black", () => {
  expect(pixelsOf({ x: 0.105, y: 0.5, width: 0.1, height: 0.5 }, 100, 10)).toEqual([10, 5, 11, 5]);
});
