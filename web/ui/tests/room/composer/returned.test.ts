import { expect, test, vi } from "vitest";
import { ask, draftOf } from "../../../src/room/composer/asking.ts";
import { type Draft, draftKey, EMPTY, isEmpty, joined, keep, kept } from "../../../src/room/composer/drafts.ts";
import { isFree } from "../../../src/room/composer/useReturned.ts";
import { restore } from "../../../src/room/desk.ts";
import { reopen } from "../../../src/room/post/reopening.ts";
import { Shelf } from "../shelf.ts";
import { ROOM } from "../story.ts";
import { writingDesk } from "./desk.ts";

const WHOLE: Draft = {
  text: "Ten vials, as in the trial.",
  kind: "recommendation",
  reply_to: "e2",
  to: "ben",
  evidence: [{ type: "pmid", ref: "32032273" }],
  images: ["i1", "i2"],
  confirmed: ["Tuesday"],
  trial_data: true,
};
const FOUND = { code: "identifiers_found", message: "", spans: [[0, 3, "age"]] } as const;

test("what was sent comes back with all that its author wrote, chose and attached", async () => {
  const { desk, sent } = writingDesk();
  desk.draft.value = WHOLE;
  expect(await ask(desk)).toBeUndefined();
  const [frame] = sent;
  expect(frame && draftOf(frame)).toEqual(WHOLE);
});

test("what the server found in it is marked", () => {
  const draft = draftOf({ t: "post", id: "p1", room: "case1", text: "Ten vials." }, FOUND);
  expect(draft).toMatchObject({ text: "Ten vials.", kind: "comment", evidence: [], images: [] });
  expect(draft.doubts).toMatchObject([{ field: "text", words: "Ten", rule: "age" }]);
});

test("what the server found in the evidence is marked there", () => {
  const evidence = [
    { type: "pmid", ref: "32032273" },
    { type: "experience", ref: "Two of ours on Tuesday" },
  ] as const;
  const refusal = { ...FOUND, field: "evidence.1", spans: [[15, 22, "date"]] } as const;
  const { doubts } = draftOf(
    { t: "post", id: "p1", room: "case1", text: "Ten vials.", evidence: [...evidence] },
    refusal,
  );
  expect(doubts).toMatchObject([{ field: "evidence.1", words: "Tuesday", rule: "date" }]);
});

test.each<[string, Partial<Draft>]>([
  ["words", { text: "Wait" }],
  ["pictures", { images: ["i3"] }],
  ["evidence", { evidence: [{ type: "doi", ref: "" }] }],
  ["an answer", { reply_to: "e3" }],
  ["to whom it goes", { to: "cleo" }],
  ["trial data", { trial_data: true }],
  ["its kind", { kind: "question" }],
])("nothing comes back over %s", (_, begun) => {
  const { desk } = writingDesk();
  expect(isFree(desk)).toBe(true);
  desk.draft.value = { ...EMPTY, ...begun };
  expect(isFree(desk)).toBe(false);
});

test("nothing comes back while one looks at a picture for another post", () => {
  const { desk } = writingDesk();
  desk.bringing.value = [new File(["white"], "scan.png")];
  expect(isFree(desk)).toBe(false);
});

test("a tick for trial data is kept like words", () => {
  expect(isEmpty({ ...EMPTY, trial_data: true })).toBe(false);
});

test("what is put back before another draft takes nothing from it", () => {
  const { desk } = writingDesk();
  desk.draft.value = { ...EMPTY, text: "And glucose.", to: "cleo", images: ["i3"], trial_data: true };
  restore(desk, { ...EMPTY, text: "Give fluids.", images: ["i1"] });
  expect(desk.draft.value).toMatchObject({
    ...{ text: "Give fluids.\n\nAnd glucose.", to: "cleo", images: ["i1", "i3"], trial_data: true },
  });
});

test("what is put back at a post takes nothing from what was begun there since", () => {
  vi.stubGlobal("localStorage", new Shelf());
  const { desk } = writingDesk();
  const key = draftKey("ana", ROOM, "dispute-e2");
  keep(key, { ...EMPTY, text: "Nor is it licensed." });
  reopen(desk, { post: "e2", is: "dispute" }, { ...EMPTY, text: "It failed here." });
  expect(kept(key).text).toBe("It failed here.\n\nNor is it licensed.");
  expect(desk.form.value).toEqual({ post: "e2", is: "dispute" });
  vi.unstubAllGlobals();
});

test("of what only one can be, the first draft's stands", () => {
  const both = joined(WHOLE, { ...EMPTY, kind: "question", reply_to: "e9", to: "cleo" });
  expect(both).toMatchObject({ kind: "recommendation", reply_to: "e2", to: "ben" });
});

test("more pictures than a post takes are named before anything is sent", async () => {
  const { desk, sent } = writingDesk();
  desk.draft.value = { ...EMPTY, text: "All of them.", images: ["i1", "i2", "i3", "i4", "i5"] };
  expect(await ask(desk)).toBe("A post takes up to 4 pictures.");
  expect(sent).toEqual([]);
});
