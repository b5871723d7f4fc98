import type { Case, Entry, State } from "../../wire/frames.ts";
import type { Link } from "../../wire/link.ts";
import type { Outbox } from "../../wire/outbox.ts";
import type { Schedule } from "./batched.ts";
import type { Memory } from "./memory.ts";

/** Reading a room without its seat, as one may see it now. All reject where the server says no or is not reached. */
export interface Reads {
  /** At most `limit` events after `after`, in order. */
  events(room: string, after: number, limit: number): Promise<readonly Entry[]>;
  /** The case and the folded room after `seq` events, with no text shortened. */
  whole(room: string): Promise<{ readonly case: Case; readonly state: State; readonly seq: number }>;
}

/** What the rooms of one page need of the rest of it. */
export interface Around {
  readonly link: Pick<Link, "me" | "now" | "send" | "request">;
  readonly outbox: Pick<Outbox, "put" | "waiting" | "recorded">;
  readonly reads: Reads;
  readonly memory: Memory;
  readonly schedule: Schedule;
}
