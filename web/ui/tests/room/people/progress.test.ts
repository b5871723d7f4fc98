import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import { progressOf } from "../../../src/room/people/progress.ts";
import type { Command, SeatState } from "../../../src/room/store/store.ts";
import { ROOM } from "../story.ts";

const refusal = { code: "invalid", message: "That post is not pinned." } as const;
const unpin = (id: string, target: string, state: "sent" | "refused" = "sent"): Command => {
  const of = { id, made_at: 1, room: ROOM, frame: { t: "unpin", id, room: ROOM, target } } as const;
  return state === "sent" ? { ...of, state } : { ...of, state, refusal };
};
const room = (is: "live" | "away", ...waiting: Command[]) => ({
  waiting: signal(waiting),
  seat: signal<SeatState>({ is, as: "contribute", role: "physician" }),
});

test("a command is sending while there is a line, and kept while there is none", () => {
  expect(progressOf(room("live", unpin("a", "e2")), "unpin")).toEqual({ is: "sending" });
  expect(progressOf(room("away", unpin("a", "e2")), "unpin")).toEqual({ is: "kept" });
});

test("a refusal says what the server said, until there is a newer command", () => {
  const before = unpin("a", "e2", "refused");
  expect(progressOf(room("live", before), "unpin")).toEqual({ is: "refused", says: refusal.message });
  expect(progressOf(room("live", before, unpin("b", "e2")), "unpin")).toEqual({ is: "sending" });
});

test("commands of another kind, or about another post, are not meant", () => {
  const store = room("live", unpin("a", "e2"));
  expect(progressOf(store, "close")).toEqual({ is: "none" });
  expect(progressOf(store, "unpin", (frame) => frame.target === "e9")).toEqual({ is: "none" });
});
