import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { MORE } from "../../src/design/drawings.ts";
import { PATHS } from "../../src/design/Icon.tsx";

const root = new URL("../../src/", import.meta.url);
const sources = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path) && !path.startsWith("design/"))
  .map((path) => [path, readFileSync(new URL(path, root), "utf8")] as const);
const shows = (source: string, name: string) =>
  new RegExp(`\\bicon[=:][^}\\n]*"${name}"|<Icon name=[^}\\n]*"${name}"|: IconName[^;]*"${name}"`).test(source);

test("every icon is drawn", () => {
  expect(Object.values(PATHS).every((path) => /^M/.test(path))).toBe(true);
});

// A view that comes without them would show nothing in their place.
test.each(Object.keys(MORE))("who shows the icon %s brings it along", (name) => {
  const showing = sources.filter(([, source]) => shows(source, name));
  expect(showing.filter(([, source]) => !source.includes('design/drawings.ts"')).map(([path]) => path)).toEqual([]);
});

test("only who shows one of them brings them along", () => {
  const bringing = sources.filter(([, source]) => source.includes('design/drawings.ts"'));
  const shown = bringing.filter(([, source]) => Object.keys(MORE).some((name) => source.includes(`"${name}"`)));
  expect(bringing.length).toBeGreaterThan(10);
  expect(shown).toEqual(bringing);
});
