/** Answers to pages go by way of the outbox: no view of the room is needed, and they outlive this page. */
import type { Client } from "../live/client.ts";
import type { Progress } from "../room/people/progress.ts";
import type { Respond } from "../wire/frames.ts";
import { newId } from "../wire/ids.ts";
import type { Waiting } from "../wire/outbox.ts";

export type Answer = Omit<Respond, "t" | "id" | "room" | "page">;

interface Asked {
  readonly room: string;
  readonly page: string;
}
type Way = Pick<Client, "outbox" | "link">;

/** How far this person's newest answer to a page is; `none` also when it is on record. */
export function progressOf({ outbox, link }: Way, { page }: Pick<Asked, "page">): Progress {
  const newest = answersTo(outbox.waiting.value, page).at(-1);
  if (!newest) return { is: "none" };
  if (newest.state === "refused") return { is: "refused", says: newest.refusal.message };
  return { is: link.state.value.is === "up" ? "sending" : "kept" };
}

/** Whether an answer is on its way. */
export function isUnder({ is }: Progress): boolean {
  return is === "sending" || is === "kept";
}

/** Give an answer; the id by which the outbox has it. What was refused before has been read, and goes. */
export async function give({ outbox }: Pick<Way, "outbox">, { room, page }: Asked, answer: Answer): Promise<string> {
  await drop({ outbox }, page);
  const { id } = await outbox.put({ t: "respond", id: newId(), room, page, ...answer });
  return id;
}

/** Forget what was refused of the answers to a page. */
export async function drop({ outbox }: Pick<Way, "outbox">, page: string): Promise<void> {
  const refused = answersTo(outbox.waiting.peek(), page).filter(({ state }) => state === "refused");
  for (const { id } of refused) await outbox.dismiss(id);
}

/**
 * Call `recorded` once the answer is on record: it waits no more. One that was refused never is, though it goes when the
 * refusal has been read. Returns what calls it off.
 */
export function onRecord({ outbox }: Pick<Way, "outbox">, id: string, recorded: () => void): () => void {
  let over = false;
  return outbox.waiting.subscribe((waiting) => {
    if (over) return;
    const answer = waiting.find((one) => one.id === id);
    over = answer === undefined || answer.state === "refused";
    if (answer === undefined) recorded();
  });
}

function answersTo(waiting: readonly Waiting[], page: string): readonly Waiting[] {
  return waiting.filter(({ frame }) => frame.t === "respond" && frame.page === page);
}
