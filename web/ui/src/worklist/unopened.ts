import type { OpenCaseCommand, Waiting } from "../wire/outbox.ts";

/** A case that is not open yet. */
export type Unopened = Waiting & { readonly room: null; readonly frame: OpenCaseCommand };

/** The cases among what waits. */
export function unopened(waiting: readonly Waiting[]): readonly Unopened[] {
  return waiting.filter((one): one is Unopened => one.room === null);
}
