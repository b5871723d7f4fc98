import { signal } from "@preact/signals";
import type { Client } from "../../../src/live/client.ts";
import { type Desk, deskOf } from "../../../src/room/desk.ts";
import type { RoomStore } from "../../../src/room/store/store.ts";
import type { Me, Post } from "../../../src/wire/frames.ts";
import { ROOM } from "../story.ts";

/** A desk of Ana's at which one writes; `sent` has the posts that left it. */
export function writingDesk(): { desk: Desk; sent: Post[] } {
  const sent: Post[] = [];
  const command = async (t: "post", fields: Omit<Post, "t" | "id" | "room">) => {
    sent.push({ t, id: `p${sent.length + 1}`, room: ROOM, ...fields });
  };
  const store = { id: ROOM, command } as unknown as RoomStore;
  const client = { link: { limits: signal(null), me: signal(null) } } as unknown as Client;
  return { desk: deskOf(store, client, { person: "ana", handle: "dr_ana" } as Me), sent };
}
