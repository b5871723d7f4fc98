import type { Client } from "../../live/client.ts";
import type { CommandFrame } from "../../wire/outbox.ts";
import type { Command, Fields, RoomStore } from "../store/store.ts";

/** How far a command is. `kept`: it is on this device, and goes out when the line is back. */
export type Progress = { readonly is: "none" | "sending" | "kept" } | { readonly is: "refused"; readonly says: string };

type Frame<K extends CommandFrame["t"]> = Extract<CommandFrame, { t: K }>;
type Outgoing = Pick<RoomStore, "waiting" | "seat">;
type Which<K extends CommandFrame["t"]> = (frame: Frame<K>) => boolean;
const any = () => true;

/** How far this person's newest command of a kind is; `none` also when it is on record. */
export function progressOf<K extends CommandFrame["t"]>(store: Outgoing, kind: K, which: Which<K> = any): Progress {
  const newest = waitingOf(store, kind, which).at(-1);
  if (!newest) return { is: "none" };
  if (newest.state === "refused") return { is: "refused", says: newest.refusal.message };
  const seat = store.seat.value.is;
  return { is: seat === "live" || seat === "catching_up" ? "sending" : "kept" };
}

/** Send a command; what was refused of its kind has been read, and goes. */
export async function send<K extends CommandFrame["t"]>(
  { store, client }: { store: RoomStore; client: Pick<Client, "outbox"> },
  kind: K,
  fields: Fields<K>,
  which: Which<K> = any,
): Promise<void> {
  const read = waitingOf(store, kind, which).filter((one) => one.state === "refused");
  for (const { id } of read) await client.outbox.dismiss(id);
  await store.command(kind, fields);
}

function waitingOf<K extends CommandFrame["t"]>(store: Outgoing, kind: K, which: Which<K>): Command[] {
  return store.waiting.value.filter(({ frame }) => frame.t === kind && which(frame as Frame<K>));
}
