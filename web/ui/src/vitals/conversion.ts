/** From one unit into another. The same steps as realtime/rooms/vitals/conversion.py, so both have the same digits. */
import type { Vital } from "../wire/frames.ts";
import { type Unit, unitOf } from "./catalogue.ts";

/** `value` with so many decimals, halves up. */
export function rounded(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.floor(value * scale + 0.5) / scale;
}

/** The value in the first unit of its measure, in full. */
export function toFirst(vital: Vital): number {
  const { zero = 0, times = 1, by = 1 } = known(vital);
  return ((vital.value - zero) * times) / by;
}

/** The value in the unit `into`, rounded as that is read. */
export function converted(vital: Vital, into: string): number {
  if (vital.unit === into) return vital.value;
  const { zero = 0, times = 1, by = 1, decimals } = known({ ...vital, unit: into });
  return rounded((toFirst(vital) * by) / times + zero, decimals);
}

/** The values in the first unit of each measure, by name. */
export function byName(vitals: readonly Vital[]): Record<string, number> {
  return Object.fromEntries(vitals.map((vital) => [vital.name, toFirst(vital)]));
}

function known(vital: Vital): Unit {
  const unit = unitOf(vital);
  if (!unit) throw new RangeError(`${vital.name} has no such unit`);
  return unit;
}
