/** What carries frames to the server and back, until it ends. */

import type { Incoming } from "./codec.ts";
import type { ClientFrame } from "./frames.ts";
import type { Surroundings } from "./surroundings.ts";

/** The close code that we give where the server gives none. */
export const LOST = 1006;

/** Who is told what comes over a line. */
export interface Hearer {
  heard(frame: Incoming): void;
  /** The line is over, by this close code; nothing more is told. */
  closed(code: number): void;
}

/** Opens a line. */
export type Open = (surroundings: Surroundings, hearer: Hearer) => Line;

export interface Line {
  /** What is sent to a line that is ending may be lost; that it is over is told soon. */
  send(frame: ClientFrame): void;
  /** Hang up; the hearer is told nothing more. */
  end(): void;
}
