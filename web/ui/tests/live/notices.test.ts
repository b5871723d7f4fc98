import { beforeEach, expect, test } from "vitest";
import { Notices } from "../../src/live/notices.ts";
import { Urgency } from "../../src/live/urgency.ts";
import type { NoticeFrame } from "../../src/wire/frames.ts";
import { NOW, PeerLink, PeerReads, settled, URGENCIES } from "./peers.ts";

let link: PeerLink;
let reads: PeerReads;
let notices: Notices;

beforeEach(() => {
  link = new PeerLink();
  reads = new PeerReads();
  notices = new Notices(link, new Urgency(reads));
  link.up();
});

const notice = (id: string, rest: Partial<NoticeFrame> = {}): NoticeFrame => ({
  t: "notice",
  notice: id,
  kind: "mention",
  text: "You were mentioned.",
  at: NOW,
  ...rest,
});
const noticed = (how: "delivered" | "seen") =>
  link.sent.flatMap((frame) => (frame.t === "noticed" && frame.how === how ? [frame.notice] : []));

test("what comes is said to have come, and is there once however often it comes", () => {
  link.tell(notice("n1"));
  link.tell(notice("n1"));
  expect(noticed("delivered")).toEqual(["n1", "n1"]);
  expect(notices.unseen.value.map(({ notice }) => notice)).toEqual(["n1"]);
});

test("the newest is first", () => {
  link.tell(notice("old", { at: NOW - 1 }));
  link.tell(notice("new"));
  link.tell(notice("oldest", { at: NOW - 2 }));
  expect(notices.all.value.map(({ notice }) => notice)).toEqual(["new", "old", "oldest"]);
});

test("what was looked at is said to be seen, and stays to be read again", () => {
  link.tell(notice("n1", { room: "case1" }));
  notices.look();
  notices.look();
  expect(noticed("seen")).toEqual(["n1"]);
  expect(notices.unseen.value).toEqual([]);
  expect(notices.all.value).toMatchObject([{ notice: "n1", room: "case1", seen: true }]);
});

test("what was seen and comes again is not new", () => {
  link.tell(notice("n1"));
  notices.look();
  link.tell(notice("n1"));
  expect(notices.unseen.value).toEqual([]);
});

test("what was looked at without a line is said on the next one, once", () => {
  link.tell(notice("n1"));
  link.down();
  notices.look();
  expect(noticed("seen")).toEqual([]);
  link.up();
  link.up();
  expect(noticed("seen")).toEqual(["n1"]);
});

test("what was over while there was no line is seen here: it is said again that it came, and the server answers", () => {
  link.tell(notice("n1"));
  link.tell(notice("n2"));
  link.tell({ ...notice("n2"), ended: "taken" });
  notices.see("n1");
  link.tell(notice("n3", { kind: "page" }));
  link.down();
  link.up();
  expect(noticed("delivered")).toEqual(["n1", "n2", "n3", "n3"]);
  link.tell({ t: "notice_seen", notice: "n3" });
  expect(notices.unseen.value).toEqual([]);
});

test("of what has ended there is more to say than that it was seen", () => {
  link.tell(notice("n1"));
  link.tell({ ...notice("n1"), ended: "taken" });
  link.tell({ t: "notice_seen", notice: "n1" });
  expect(notices.all.value).toMatchObject([{ notice: "n1", ended: "taken", seen: false }]);
});

test("what was seen on another device is seen here, and nothing is said of it", () => {
  link.tell(notice("n1"));
  link.tell({ t: "notice_seen", notice: "n1" });
  expect(notices.unseen.value).toEqual([]);
  expect(noticed("seen")).toEqual([]);
});

test("one can look at one of them", () => {
  link.tell(notice("n1"));
  link.tell(notice("n2"));
  notices.see("n1");
  notices.see("n1");
  notices.see("none");
  expect(noticed("seen")).toEqual(["n1"]);
  expect(notices.unseen.value.map(({ notice }) => notice)).toEqual(["n2"]);
});

test("calls to cases that cannot wait are told apart until they are looked at", () => {
  link.tell(notice("n1", { kind: "page", acuity: "stat" }));
  link.tell(notice("n2", { kind: "page", acuity: "asap" }));
  link.tell(notice("n3", { kind: "page", acuity: "urgent" }));
  link.tell(notice("n4", { acuity: "stat" }));
  const calls = () => notices.calls.value.map(({ notice }) => notice).toSorted();
  expect(calls()).toEqual(["n1", "n2"]);
  notices.see("n1");
  expect(calls()).toEqual(["n2"]);
});

test("what somebody else has taken calls nobody any more, and says why", () => {
  const page = notice("n1", { kind: "page", acuity: "stat" });
  link.tell(page);
  link.tell({ ...page, ended: "taken" });
  link.tell({ ...notice("n2"), ended: "over" });
  expect(notices.calls.value).toEqual([]);
  expect(notices.unseen.value).toEqual([]);
  expect(notices.all.value).toMatchObject([{ notice: "n1", ended: "taken" }]);
  notices.look();
  expect(noticed("seen")).toEqual([]);
});

test("which calls cannot wait is as the deployment says, once it has", async () => {
  const behaviours = { ...URGENCIES.behaviours, asap: { pages: true, interrupts: false } };
  reads.otherwise = { ...URGENCIES, behaviours };
  link.tell(notice("n1", { kind: "page", acuity: "asap" }));
  link.tell(notice("n2", { kind: "page", acuity: "stat" }));
  await settled();
  expect(notices.calls.value.map(({ notice }) => notice)).toEqual(["n2"]);
});

test("a server that calls nobody is not asked what its calls do", () => {
  link.tell(notice("n1"));
  expect(reads.asked).toEqual([]);
});
