/** Commands as every encoding can say them. */

import { encode } from "../codec.ts";
import type { Command } from "../outbox.ts";

/** A server ends the connection of whoever sends more in one frame. */
const MOST_FRAME_BYTES = 65_536;

/**
 * A copy of `command` as plain data, without halves of characters, which no UTF-8 has: a cut-off emoji would end the
 * connection, and be sent again on the next. Throws `RangeError` for a frame of more than 64 KiB.
 */
export function plain<C extends Command>(command: C): C {
  const copy: C = JSON.parse(JSON.stringify(command), (_key, value) =>
    typeof value === "string" ? value.replace(/\p{Surrogate}/gu, "\uFFFD") : value,
  );
  if (copy.t !== "open_case" && encode(copy).length > MOST_FRAME_BYTES)
    throw new RangeError(`A command has at most ${MOST_FRAME_BYTES} bytes.`);
  return copy;
}
