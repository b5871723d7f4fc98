import { effect, untracked } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { Client } from "../../live/client.ts";
import type { CommandFrame } from "../../wire/outbox.ts";
import type { RoomStore } from "../store/store.ts";

export interface Sender {
  readonly store: Pick<RoomStore, "waiting">;
  readonly client: { readonly outbox: Pick<Client["outbox"], "recorded"> };
}

/** Whether a command of this kind that was under way while one looked is on record. */
export function useRecorded(sender: Sender, kind: CommandFrame["t"]): boolean {
  const [recorded, setRecorded] = useState(false);
  useEffect(() => whenRecorded(sender, kind, () => setRecorded(true)), [sender.store, kind]);
  return recorded;
}

/**
 * Tell that a command of this kind which was under way since now is on record. By its id: what the room shows may be
 * somebody else's doing, and what left the outbox may have been forgotten. Returns what ends it.
 */
export function whenRecorded({ store, client }: Sender, kind: CommandFrame["t"], tell: () => void): () => void {
  const under = new Set<string>();
  return effect(() => {
    const recorded = client.outbox.recorded.value;
    for (const { id, frame, state } of store.waiting.value) if (frame.t === kind && state !== "refused") under.add(id);
    if ([...under].some((id) => recorded.has(id))) untracked(tell);
  });
}
