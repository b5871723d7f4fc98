import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import { SignedInOutbox } from "../../src/live/outbox.ts";
import type { Me } from "../../src/wire/frames.ts";
import type { CommandFrame } from "../../src/wire/outbox.ts";
import { ROOM } from "../room/story.ts";
import { ANA, PeerOutbox, settled } from "./peers.ts";

const BEN: Me = { ...ANA, person: "ben", handle: "dr_ben" };
const words: CommandFrame = { t: "post", id: "c1", room: ROOM, text: "One vial." };

function outboxes(): { readonly of: (person: string) => PeerOutbox; readonly opened: Map<string, PeerOutbox> } {
  const opened = new Map<string, PeerOutbox>();
  const of = (person: string) => {
    const outbox = opened.get(person) ?? new PeerOutbox();
    opened.set(person, outbox);
    return outbox;
  };
  return { of, opened };
}

test("who was here last can write before the server has said who it is", async () => {
  const { of, opened } = outboxes();
  const outbox = new SignedInOutbox(of, "ana", signal(null));
  await outbox.put(words);
  expect(outbox.waiting.value).toHaveLength(1);
  opened.get("ana")?.acked("c1");
  expect(outbox.recorded.value).toEqual(new Set(["c1"]));
  expect([...opened.keys()]).toEqual(["ana"]);
});

test("words wait for somebody where nobody was ever here", async () => {
  const { of } = outboxes();
  const me = signal<Me | null>(null);
  const outbox = new SignedInOutbox(of, null, me);
  const put = outbox.put(words);
  await settled();
  expect(outbox.waiting.value).toEqual([]);
  me.value = ANA;
  expect(await put).toMatchObject({ id: "c1" });
});

test("words of who was here last are not those of who is here now", async () => {
  const { of, opened } = outboxes();
  const me = signal<Me | null>(null);
  const outbox = new SignedInOutbox(of, "ana", me);
  await outbox.put(words);
  me.value = BEN;
  expect(outbox.waiting.value).toEqual([]);
  expect(opened.get("ana")).toMatchObject({ closed: true });
  expect(opened.get("ana")?.waiting.value).toHaveLength(1);
  await outbox.put({ ...words, id: "c2" });
  expect(opened.get("ben")?.waiting.value).toHaveLength(1);
});

test("the same person stays at the same outbox", () => {
  const { of, opened } = outboxes();
  const me = signal<Me | null>(null);
  new SignedInOutbox(of, "ana", me);
  me.value = ANA;
  me.value = { ...ANA };
  expect(opened.size).toBe(1);
  expect(opened.get("ana")?.closed).toBe(false);
});
