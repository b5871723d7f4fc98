/** Vital signs as they went: the twin of realtime/rooms/vitals/readings.py. */
import type { Case, State, Vital } from "../../wire/frames.ts";

/** By name, in the order in which they were told: `[taken_at, value, unit]`. */
export type Readings = State["vitals"];
export type Reading = Readings[string][number];

/** Of each vital sign; the log has all. */
const MOST = 12;

/** Those with which a case was opened at `at`. */
export function readingsOf({ vitals = [], vitals_at }: Case, at: number): Readings {
  return withReadings({}, vitals, vitals_at ?? at);
}

/** `readings` with what was measured at `taken_at`; of each name the last told stay. */
export function withReadings(readings: Readings, values: readonly Vital[], taken_at: number): Readings {
  const changed = values.map(({ name, value, unit }): [string, Reading[]] => {
    const known: Reading[] = [...(readings[name] ?? []), [taken_at, value, unit]];
    return [name, known.slice(-MOST)];
  });
  return { ...readings, ...Object.fromEntries(changed) };
}
