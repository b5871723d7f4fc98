import { expect, test } from "vitest";
import { ask } from "../../../src/room/composer/asking.ts";
import { EMPTY } from "../../../src/room/composer/drafts.ts";
import { writingDesk } from "./desk.ts";

const TRIAL = { type: "pmid", ref: "32032273" } as const;
const OWN = { type: "experience", ref: "Two of ours" } as const;

test("what was typed, cited and attached while it was sent stays for the next one", async () => {
  const { desk, sent } = writingDesk();
  desk.draft.value = { ...EMPTY, text: "Ten vials.", evidence: [TRIAL], images: ["i1"] };
  const under = ask(desk);
  desk.draft.value = { ...desk.draft.value, images: ["i1", "i2"] };
  const put = desk.store.command;
  Object.assign(desk.store, {
    command: async (...given: Parameters<typeof put>) => {
      desk.draft.value = {
        ...desk.draft.value,
        text: "Ten vials. And heat.",
        evidence: [TRIAL, OWN],
        images: ["i1", "i2", "i3"],
      };
      return put(...given);
    },
  });
  expect(await under).toBeUndefined();
  expect(sent).toMatchObject([{ text: "Ten vials.", evidence: [TRIAL], images: ["i1", "i2"] }]);
  expect(desk.draft.value).toEqual({ ...EMPTY, text: " And heat.", evidence: [OWN], images: ["i3"] });
});
