/** A differential while it is put together: per cent in steps, together at most a hundred. */

import type { Diagnosis } from "../../wire/frames.ts";
import { keyOf } from "./pooling.ts";

export const STEP = 5;
export const MOST_NAMED = 10;
export const MOST_CHARS = 100;

export interface Line {
  readonly dx: string;
  readonly code?: string | undefined;
  readonly percent: number;
}

/** What is left for something else. */
export function restOf(lines: readonly Line[]): number {
  return 100 - lines.reduce((sum, { percent }) => sum + percent, 0);
}

/** With one more, which takes half of what is left. Another of the same changes nothing, nor does one too many. */
export function added(lines: readonly Line[], one: Pick<Line, "dx" | "code">): readonly Line[] {
  const rest = restOf(lines);
  if (lines.length >= MOST_NAMED || lines.some((line) => keyOf(line) === keyOf(one))) return lines;
  const room = rest >= STEP ? lines : yielding(lines);
  const percent = Math.max(STEP, Math.round(restOf(room) / 2 / STEP) * STEP);
  return [...room, { ...one, percent }];
}

/** With another likelihood of the line at `index`: at most what the others leave. */
export function weighed(lines: readonly Line[], index: number, percent: number): readonly Line[] {
  const others = lines.filter((_, n) => n !== index);
  const most = restOf(others);
  return lines.map((line, n) => (n === index ? { ...line, percent: Math.min(most, Math.max(STEP, percent)) } : line));
}

export function without(lines: readonly Line[], index: number): readonly Line[] {
  return lines.filter((_, n) => n !== index);
}

/** As it is sent, the likeliest first. */
export function differentialOf(lines: readonly Line[]): Diagnosis[] {
  return [...lines]
    .sort((one, other) => other.percent - one.percent)
    .map(({ dx, code, percent }) => ({ dx, probability: percent / 100, ...(code && { code }) }));
}

/** What somebody has said before, to be changed. */
export function linesOf(differential: readonly Diagnosis[] | null | undefined): readonly Line[] {
  return (differential ?? []).map(({ dx, code, probability }) => ({
    dx,
    code: code ?? undefined,
    percent: Math.round(probability * 100),
  }));
}

/** The likeliest gives a step to who comes when nothing is left. */
function yielding(lines: readonly Line[]): readonly Line[] {
  const most = Math.max(...lines.map(({ percent }) => percent));
  const index = lines.findIndex(({ percent }) => percent === most);
  return lines.map((line, n) => (n === index ? { ...line, percent: line.percent - STEP } : line));
}
