/** What the server would refuse of a vital sign: realtime/rooms/vitals/checks.py. */
import type { Vital } from "../wire/frames.ts";
import { MEASURES, unitOf } from "./catalogue.ts";
import { converted, rounded, toFirst } from "./conversion.ts";

/** What is wrong with a vital sign; `low` and `high` in the unit in which it was given. */
export type Wrong =
  | { readonly is: "unknown" | "unit" }
  | { readonly is: "limits"; readonly low: number; readonly high: number }
  | { readonly is: "decimals"; readonly decimals: number };

export function wrongIn(vital: Vital): Wrong | null {
  const measure = MEASURES.get(vital.name);
  const unit = unitOf(vital);
  if (!measure) return { is: "unknown" };
  if (!unit) return { is: "unit" };
  const first = toFirst(vital);
  if (!(measure.low <= first && first <= measure.high)) return { is: "limits", ...limits(vital) };
  return vital.value === rounded(vital.value, unit.decimals) ? null : { is: "decimals", decimals: unit.decimals };
}

/** What a patient may have, in the unit of `vital`. */
export function limits({ name, unit }: Pick<Vital, "name" | "unit">): { low: number; high: number } {
  const { low = 0, high = 0, units = [] } = MEASURES.get(name) ?? {};
  const first = units[0]?.unit ?? unit;
  const inUnit = (value: number) => converted({ name, value, unit: first }, unit);
  return { low: inUnit(low), high: inUnit(high) };
}
