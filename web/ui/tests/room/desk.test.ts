import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Client } from "../../src/live/client.ts";
import { EMPTY, keep } from "../../src/room/composer/drafts.ts";
import { deskOf } from "../../src/room/desk.ts";
import type { RoomStore } from "../../src/room/store/store.ts";
import type { Me } from "../../src/wire/frames.ts";
import { ANA } from "../live/peers.ts";
import { Shelf } from "./shelf.ts";
import { ROOM } from "./story.ts";

beforeEach(() => {
  vi.stubGlobal("localStorage", new Shelf());
});
afterEach(() => vi.unstubAllGlobals());

/** The desk of an unverified physician in an open case, and the line on which the server says who they are. */
function desk() {
  const me = signal<Me | null>(null);
  const store = {
    id: ROOM,
    seat: signal({ is: "live", as: "contribute", role: "physician" }),
    card: signal({ status: "open", presenter: "cleo", lead: null }),
  } as unknown as RoomStore;
  const client = { link: { me }, standing: { muted: signal(null) } } as unknown as Client;
  return { me, desk: deskOf(store, client, { ...ANA, tier: 1 }) };
}

test("who is verified while they write may judge at once, at the desk at which they write", () => {
  const { me, desk: ana } = desk();
  ana.draft.value = { ...EMPTY, text: "Two vials." };
  expect(ana.rights.value.judges).toBe(false);
  me.value = ANA;
  expect([ana.me.tier, ana.rights.value.judges, ana.draft.value.text]).toEqual([3, true, "Two vials."]);
});

test("a desk stays its person's when the line is somebody else's", () => {
  const { me, desk: ana } = desk();
  me.value = { ...ANA, person: "ben" };
  expect([ana.me.person, ana.rights.value.judges]).toEqual(["ana", false]);
});

test("what one began to write here before is there", () => {
  keep(desk().desk.draftKey, { ...EMPTY, text: "Half a sen" });
  expect(desk().desk.draft.value.text).toBe("Half a sen");
});
