import type { Command, Placed } from "../outbox.ts";

/** `command`, where it is said. */
export function placed(command: Command): Placed {
  return command.t === "open_case" ? { room: null, frame: command } : { room: command.room, frame: command };
}
