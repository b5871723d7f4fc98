import { expect, test } from "vitest";
import { readsBack } from "../../src/paging/readBack.ts";

test.each(["", "ok", "yes yes yes yes yes", "!!!!!!!!!!!!", "Chest p."])("%s repeats nothing", (text) => {
  expect(readsBack(text)).toBe(false);
});

test.each(["Chest pain after a bite", "咬伤后两小时胸痛，呼吸困难", "ألم في الصدر بعد لدغة"])("%s does", (text) => {
  expect(readsBack(text)).toBe(true);
});
