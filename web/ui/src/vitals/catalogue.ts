/** The vital signs that are known, the server's own file: realtime/rooms/vitals/catalogue.json. */
import file from "../../../../realtime/rooms/vitals/catalogue.json";
import type { Vital } from "../wire/frames.ts";

/** A unit (UCUM). `(value - zero) * times / by` is the same in the first unit of its measure. */
export interface Unit {
  readonly unit: string;
  readonly symbol: string;
  readonly decimals: number;
  readonly zero?: number;
  readonly times?: number;
  readonly by?: number;
}

/** `low` and `high` bound, in the first of the units, what a patient may have at all. */
export interface Measure {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly units: readonly Unit[];
}

/** By name, in the order in which they are asked for. */
export const MEASURES: ReadonlyMap<string, Measure> = new Map(file.measures.map((one) => [one.name, one]));

export function unitOf({ name, unit }: Pick<Vital, "name" | "unit">): Unit | undefined {
  return MEASURES.get(name)?.units.find((one) => one.unit === unit);
}

/** The unit that a measure is worked with. */
export function firstUnit(name: string): Unit {
  const unit = MEASURES.get(name)?.units[0];
  if (!unit) throw new RangeError(`no vital sign ${name}`);
  return unit;
}
