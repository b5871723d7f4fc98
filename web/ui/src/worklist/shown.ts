/** The rows as they stand on the screen, and the care that nobody opens a case that slid under the finger. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { type Held, held, moved } from "./held.ts";
import type { Line } from "./store.ts";

const AIMED_MS = 400;

interface Shown extends Held {
  /** Let in what waits. */
  take: () => void;
  /** For the list's clicks, before they arrive. */
  guard: (event: MouseEvent) => void;
}

/** `lines`, or while `hold` is on, what was shown before. `choice`: what is another list for another choice. */
export function useShown(lines: readonly Line[], hold: boolean, choice: unknown): Shown {
  const before = useRef<{ rows: readonly Line[]; choice: unknown }>({ rows: [], choice });
  const same = before.current.choice === choice;
  const now = hold && same ? held(before.current.rows, lines) : { rows: lines, fresh: [] };
  const guard = useGuard(now.rows, same ? before.current.rows : []);
  before.current = { rows: now.rows, choice };
  const take = () => {
    before.current = { rows: lines, choice };
  };
  return { ...now, take, guard };
}

/** A click within a moment after its row has moved was meant for another row. */
function useGuard(rows: readonly Line[], before: readonly Line[]) {
  const slid = useRef<{ at: number; rooms: ReadonlySet<string> }>({ at: 0, rooms: new Set() });
  const rooms = before.length > 0 ? moved(before.map(roomOf), rows.map(roomOf)) : new Set<string>();
  useLayoutEffect(() => {
    if (rooms.size > 0) slid.current = { at: performance.now(), rooms };
  });
  return (event: MouseEvent) => {
    const row = (event.target as Element).closest("[data-room]")?.getAttribute("data-room");
    const late = performance.now() - slid.current.at > AIMED_MS;
    if (late || event.detail === 0 || !row || !slid.current.rooms.has(row)) return;
    event.preventDefault();
    event.stopPropagation();
  };
}

const roomOf = (line: Line): string => line.room;
