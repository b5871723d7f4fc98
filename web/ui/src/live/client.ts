import type { Asked, Preview } from "../reach/interrupting.ts";
import type { Observed } from "../room/people/observers.ts";
import type { Schedule } from "../room/store/batched.ts";
import { SEEN } from "../room/store/memory.ts";
import type { Reads } from "../room/store/ports.ts";
import type { RoomStore } from "../room/store/store.ts";
import type { By } from "../wire/frames.ts";
import type { Link } from "../wire/link.ts";
import type { Outbox, Rooms } from "../wire/outbox.ts";
import type { Wish } from "../worklist/lines.ts";
import type { Cases } from "../worklist/ports.ts";
import type { WorklistStore } from "../worklist/store.ts";
import type { PageMemory } from "./memory.ts";
import { Notices } from "./notices.ts";
import type { Records } from "./reads.ts";
import { OpenRooms } from "./rooms.ts";
import { type OwnSanctions, Standing } from "./standing.ts";
import { type Deployment, Urgency } from "./urgency.ts";
import { Worklists } from "./worklists.ts";

/** One person's way into a server from one page: the line, what waits to be sent, and the rooms. */
export interface Client {
  readonly link: Link;
  readonly outbox: Outbox;
  /** What this person was told, wherever they are. */
  readonly notices: Notices;
  /** What moderators imposed on this person. */
  readonly standing: Standing;
  /** Whom a case disturbs, by how urgent it is. */
  readonly urgency: Urgency;
  /** The room, joined. The same store while it is open, and for a while after `forget`. */
  room(id: string, as?: "contribute" | "follow"): RoomStore;
  /** No view shows this room any more: its seat is given back in a while, unless `room` is called again. */
  forget(id: string): void;
  /** The live worklist; there is one at a time. Who soon comes back with the same wish finds the same store. */
  watch(wish?: Wish): WorklistStore;
  /** What observers were shown of a case, for its presenter. */
  observed(room: string): Promise<readonly Observed[]>;
  /** Whom a case would interrupt if it were sent now. */
  interrupts(asked: Asked): Promise<Preview>;
  /** Who has this handle, to be rung for the case. Rejects with `Problem`, which says why they are not. */
  ringable(room: string, handle: string): Promise<By>;
  /** Forget all that is this person's on this device, also what was not sent, and hang up. */
  signedOut(): Promise<void>;
}

/** What a client is made of. */
export interface Parts {
  readonly link: Link;
  /** Opens a further connection, for a seat that is behind on this one. */
  readonly second: () => Link;
  /** Makes the outbox, which asks `rooms` for a hearing once there is a connection. */
  readonly outbox: (rooms: Rooms) => Outbox;
  readonly reads: Reads & Cases & Records & OwnSanctions & Deployment;
  readonly memory: PageMemory;
  readonly schedule: Schedule;
}

/** A client of these parts. */
export function clientOf({ link, second, reads, memory, schedule, ...parts }: Parts): Client {
  const outbox = parts.outbox({ ready: (room, needs) => rooms.ready(room, needs) });
  const rooms: OpenRooms = new OpenRooms(link, { link, outbox, reads, memory, schedule }, second);
  const worklists = new Worklists({ link, cases: reads, schedule });
  const urgency = new Urgency(reads);
  const notices = new Notices(link, urgency);
  const standing = new Standing(link, reads);
  const signedOut = async () => {
    rooms.close();
    worklists.close();
    notices.close();
    standing.close();
    const person = link.me.value?.person;
    memory.forget(person === undefined ? SEEN : `${SEEN}${person}.`);
    // Where its script does not come, what it has on disk waits for this person; all else goes.
    await outbox.clear().catch(() => undefined);
    await outbox.close();
    link.close();
  };
  return {
    link,
    outbox,
    notices,
    standing,
    urgency,
    room: (id, as) => rooms.room(id, as),
    forget: (id) => rooms.forget(id),
    watch: (wish = {}) => worklists.watch(wish),
    observed: (room) => reads.observed(room),
    ringable: (room, handle) => reads.ringable(room, handle),
    interrupts: (asked) => reads.interrupts(asked),
    signedOut,
  };
}
