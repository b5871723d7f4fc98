import { expect, test } from "vitest";
import { manifest } from "../../build/manifest.ts";
import { Folder } from "./folder.ts";

test("the page names a manifest whose icons were built beside it", async () => {
  await using folder = await Folder.of({ "index.html": "<!doctype html><head></head>", "icon.png": "a picture" });
  const app = { name: "N", short_name: "N", description: "D", background_color: "#fff", theme_color: "#000" };
  const file = `${folder.root}/icon.png`;
  await folder.built(manifest({ ...app, icons: [{ file, sizes: "512x512", purpose: "maskable" }] }));
  const page = (await folder.read("index.html")).toString();
  const named = /<link rel="manifest" href="([^"]+)">/.exec(page)?.[1] ?? "";
  const said = JSON.parse((await folder.read(named)).toString());
  expect(said).toMatchObject({ ...app, id: "/", start_url: "/", display: "standalone" });
  expect(said.icons).toMatchObject([{ sizes: "512x512", purpose: "maskable", type: "image/png" }]);
  expect((await folder.read(said.icons[0].src)).toString()).toBe("a picture");
});
