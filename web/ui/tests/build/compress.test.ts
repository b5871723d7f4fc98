import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { compress } from "../../build/compress.ts";
import { Folder } from "./folder.ts";

const PAGE = `<!doctype html><p>${"Fever and a rash. ".repeat(50)}</p><script type="module" src="/short.js"></script>`;

test("a variant is the file, shorter", async () => {
  await using folder = await Folder.of({ "index.html": PAGE, "short.js": "x()" });
  await folder.built(compress());
  const whole = await folder.read("index.html");
  const variants = { "index.html.br": brotliDecompressSync, "index.html.gz": gunzipSync };
  for (const [name, decoded] of Object.entries(variants)) {
    const variant = await folder.read(name);
    expect(variant.length).toBeLessThan(whole.length);
    expect(decoded(variant).equals(whole)).toBe(true);
  }
});

test("what would not be shorter, and what is not served, has no variants", async () => {
  await using folder = await Folder.of({ "index.html": PAGE, "short.js": "x()" });
  await folder.built(compress());
  expect(await readdir(join(folder.root, "dist/assets"))).toEqual([expect.stringMatching(/\.js$/)]);
  expect(await readdir(join(folder.root, "dist/.vite"))).toEqual(["manifest.json"]);
});
