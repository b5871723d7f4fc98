import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Definitions, typescript } from "../../build/frames.ts";

const schema = JSON.parse(readFileSync(new URL("../../../../docs/wire.schema.json", import.meta.url), "utf8")) as {
  $defs: Definitions;
};

test("the types of the frames are those of docs/wire.schema.json", async () => {
  await expect(
    typescript(schema.$defs),
    "src/wire/frames.ts is not what docs/wire.schema.json says. Renew it: npm run frames",
  ).toMatchFileSnapshot("../../src/wire/frames.ts");
});
