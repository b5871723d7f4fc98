import { expect, test } from "vitest";
import { worker } from "../../build/worker.ts";
import { Folder } from "./folder.ts";

const PAGE = '<!doctype html><script type="module" src="/main.js"></script>';
const SOURCES = {
  "index.html": PAGE,
  "main.js": 'import "./main.css"; console.log("a case");',
  "main.css": "body { color: teal }",
  "worker.ts": 'self.kept = JSON.parse("__FILES__"); self.cache = "curbside-__VERSION__";',
};

interface Said {
  kept: readonly string[];
  cache: string;
}

test("the worker knows every asset, and nothing else that was built", async () => {
  await using folder = await Folder.of(SOURCES);
  const { kept } = await built(folder);
  expect(kept).toEqual([
    expect.stringMatching(/^\/assets\/index-[\w-]+\.css$/),
    expect.stringMatching(/^\/assets\/index-[\w-]+\.js$/),
  ]);
  for (const address of kept) expect((await folder.read(address)).length).toBeGreaterThan(0);
});

test.each(["index.html", "main.js", "main.css"] as const)("a change of %s makes another worker", async (name) => {
  await using folder = await Folder.of(SOURCES);
  const { cache } = await built(folder);
  expect((await built(folder)).cache).toBe(cache);
  await folder.put(
    name,
    SOURCES[name].replace("teal", "navy").replace("a case", "a room").replace("html>", "html><p>"),
  );
  expect((await built(folder)).cache).not.toBe(cache);
});

test("a worker that needs another file is refused", async () => {
  const shared = { "main.js": 'import "./shared.js"', "shared.js": "globalThis.shared = Math.random()" };
  await using folder = await Folder.of({ ...SOURCES, ...shared, "worker.ts": 'import "./shared.js"' });
  await expect(built(folder)).rejects.toThrow("no script by itself");
});

/** What the built worker says when it is run as browsers run it: as a script, not as a module. */
async function built(folder: Folder): Promise<Said> {
  await folder.built(worker("worker.ts"));
  const said = {};
  new Function("self", (await folder.read("worker.js")).toString())(said);
  return said as Said;
}
