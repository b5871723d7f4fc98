import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { pseudo } from "../../src/words/pseudo.ts";
import { known, said, t } from "../../src/words/words.ts";
import "../../src/words/more/menu.ts";

const root = new URL("../../src/", import.meta.url);
const sources = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => readFileSync(new URL(path, root), "utf8"))
  .join("\n");
const files = readdirSync(new URL("words/en/", root)).map((name) => name.replace(".json", ""));

describe("messages", () => {
  test("a place is filled in, a number as the language writes it", () => {
    expect(t("common.acuity", { acuity: "Stat" })).toBe("Acuity: Stat");
    expect(t("app.reconnecting", { seconds: 1200 })).toContain("1,200");
  });

  test("a count chooses among the plural forms", () => {
    expect(t("menu.sign_out_waiting", { count: 1 })).toMatch(/^One message/);
    expect(t("menu.sign_out_waiting", { count: 3 })).toMatch(/^3 messages/);
  });

  test("elements can stand in places", () => {
    const element = { is: "an element" };
    expect(said("common.acuity", { acuity: element })).toEqual(["Acuity: ", element, ""]);
  });

  test("what is no message is told apart", () => {
    expect(known("common.stat")).toBe(true);
    expect(known("common.toString")).toBe(false);
    expect(known("nothing.stat")).toBe(false);
  });

  test("the pseudo-locale is longer and accented, and keeps marks and figures", () => {
    expect(pseudo("Ask 3 people")).toBe("Åšķ 3 péöpļé~~~~");
    expect(pseudo(" ")).toBe(" ");
  });

  // Words of these files are looked up by codes that come from the server.
  test.each(files)("every message of %s.json is said somewhere", (file) => {
    const messages = JSON.parse(readFileSync(new URL(`words/en/${file}.json`, root), "utf8")) as Record<
      string,
      unknown
    >;
    const prefixes = [...sources.matchAll(/`(\w+\.\w*)\$\{/g)].map(([, prefix]) => prefix as string);
    const unsaid = Object.keys(messages)
      .map((key) => `${file}.${key}`)
      .filter((word) => !sources.includes(`"${word}"`) && !prefixes.some((prefix) => word.startsWith(prefix)));
    expect(unsaid).toEqual([]);
  });

  test("nothing that is there at once brings along the words of what comes later", () => {
    const there = imported(new URL("main.tsx", root));
    expect(there.size).toBeGreaterThan(50);
    expect([...there].filter((path) => path.includes("/words/more/"))).toEqual([]);
  });

  // A screen that comes later would be drawn without them.
  const more = readdirSync(new URL("words/more/", root)).map((name) => name.replace(".ts", ""));
  test.each(more)("who says a message of %s.json brings its words along", (file) => {
    const saying = readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((path) => /\.tsx?$/.test(path) && !path.startsWith("words/"))
      .map((path) => [path, readFileSync(new URL(path, root), "utf8")] as const)
      .filter(([, source]) => new RegExp(`["\`]${file}\\.[a-z_]`).test(source));
    expect(saying.filter(([, source]) => !source.includes(`words/more/${file}.ts"`)).map(([path]) => path)).toEqual([]);
  });
});

/** All files that `file` imports at once, and they; not what is fetched later, nor types. */
function imported(file: URL, all = new Set<string>()): Set<string> {
  if (all.has(file.pathname)) return all;
  all.add(file.pathname);
  if (!/\.tsx?$/.test(file.pathname)) return all;
  const imports = readFileSync(file, "utf8").matchAll(/^(?:import|export) (?!type )(?:[^"';]*? from )?"(\.[^"]+)"/gm);
  for (const [, path = ""] of imports) imported(new URL(path, file), all);
  return all;
}
