/** A stream whose script comes once a network has shown that it is needed. */

import type { Hearer, Line } from "./line.ts";
import { LOST } from "./line.ts";
import type { Surroundings } from "./surroundings.ts";

export function laterStream(surroundings: Surroundings, hearer: Hearer): Line {
  let line: Line | null = null;
  let over = false;
  import("./stream.ts").then(
    ({ StreamLine }) => {
      if (!over) line = new StreamLine(surroundings, hearer);
    },
    () => {
      if (!over) hearer.closed(LOST);
    },
  );
  return {
    send: (frame) => line?.send(frame),
    end: () => {
      over = true;
      line?.end();
    },
  };
}
