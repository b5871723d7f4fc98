import { beforeEach, expect, test } from "vitest";
import { now } from "../../src/design/tick.ts";
import { type OwnSanction, Standing } from "../../src/live/standing.ts";
import { NOW, PeerLink, PeerReads, settled } from "./peers.ts";

let link: PeerLink;
let reads: PeerReads;
let standing: Standing;

beforeEach(() => {
  now.value = NOW;
  link = new PeerLink();
  reads = new PeerReads();
  standing = new Standing(link, reads);
  link.up();
});

const sanction = (rest: Partial<OwnSanction> = {}): OwnSanction => ({
  id: "s1",
  kind: "mute",
  reason: "Advice by rote.",
  at: NOW - 1,
  until: NOW + 60_000,
  lifted_at: null,
  lifted_reason: null,
  ...rest,
});

async function known(...imposed: OwnSanction[]): Promise<Standing> {
  reads.imposed = imposed;
  standing.wanted();
  await settled();
  return standing;
}

test("nothing is asked until somebody wants to know, and then once", async () => {
  expect(reads.asked).toEqual([]);
  await known();
  await known();
  expect(reads.asked).toEqual(["sanctions"]);
});

test("who is muted is muted until the end", async () => {
  expect((await known(sanction())).muted.value?.reason).toBe("Advice by rote.");
  now.value = NOW + 60_000;
  expect(standing.muted.value).toBeNull();
});

test.each([
  ["was lifted", { lifted_at: NOW - 1 }],
  ["is a warning", { kind: "warn" as const, until: null }],
])("what %s mutes nobody", async (_, rest) => {
  expect((await known(sanction(rest))).muted.value).toBeNull();
});

test("of several the one that lasts longest is told", async () => {
  await known(sanction(), sanction({ id: "s2", until: null }), sanction({ id: "s3", until: NOW + 90_000 }));
  expect(standing.muted.value?.id).toBe("s2");
});

test("a notice of moderation asks anew, any other does not", async () => {
  await known();
  const notice = { t: "notice", notice: "n", text: "A moderator has muted you.", at: NOW } as const;
  link.tell({ ...notice, kind: "mention" });
  reads.imposed = [sanction()];
  link.tell({ ...notice, kind: "moderation" });
  await settled();
  expect(reads.asked).toHaveLength(2);
  expect(standing.muted.value?.id).toBe("s1");
});

test("so does what was forbidden: the notice may come later", async () => {
  reads.imposed = [sanction()];
  link.tell({ t: "error", code: "forbidden", message: "A moderator has muted you: you may read, not write." });
  await settled();
  expect(standing.muted.value?.id).toBe("s1");
});

test("what could not be asked is asked by the next who wants to know", async () => {
  reads.broken = true;
  await known();
  reads.broken = false;
  await known(sanction());
  expect(standing.muted.value?.id).toBe("s1");
});

test("that it could not be asked is known until it can", async () => {
  reads.broken = true;
  await known();
  expect([standing.failed.value, standing.all.value]).toEqual([true, null]);
  reads.broken = false;
  await known(sanction());
  expect([standing.failed.value, standing.all.value?.length]).toEqual([false, 1]);
});

test("who comes back after a line was down asks anew, if it was wanted", async () => {
  link.down();
  link.up();
  expect(reads.asked).toEqual([]);
  await known();
  link.down();
  reads.imposed = [sanction()];
  link.up();
  await settled();
  expect(reads.asked).toHaveLength(2);
  expect(standing.muted.value?.id).toBe("s1");
});

test("an answer that comes after that to a later question is old", async () => {
  const notice = { t: "notice", notice: "n", kind: "moderation", text: "A moderator has muted you.", at: NOW } as const;
  let release = () => {};
  reads.held = new Promise((resolve) => {
    release = resolve;
  });
  reads.imposed = [sanction()];
  link.tell(notice);
  reads.held = Promise.resolve();
  reads.imposed = [sanction({ lifted_at: NOW })];
  link.tell(notice);
  await settled();
  release();
  await settled();
  expect(standing.muted.value).toBeNull();
});
