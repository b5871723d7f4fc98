/** NEWS2, from the server's own charts: the twin of realtime/rooms/triage/news2.py. */
import data from "../../../../realtime/rooms/triage/news2.json";
import { rounded } from "../vitals/conversion.ts";
import type { News2 } from "../wire/frames.ts";
import { under } from "./ages.ts";

export type Consciousness = News2["consciousness"];
export type Band = NonNullable<News2["band"]>;
type Steps<T> = readonly (readonly [number | null, T])[];

/** What stands beside the vital signs; undefined where nobody has said. */
export interface Observed {
  readonly on_oxygen?: boolean | undefined;
  readonly consciousness?: Consciousness | undefined;
  readonly scale?: 1 | 2;
}

export interface Score {
  readonly value: number;
  readonly band: Band;
  readonly points: Readonly<Record<string, number>>;
}

const { points: charts } = data;
const MEASURED = ["respiratory_rate", "oxygen_saturation", "systolic", "heart_rate", "temperature"] as const;
const SAID = ["on_oxygen", "consciousness"] as const;

/** All of these, or there is no score. */
export const NEEDED: readonly string[] = [...MEASURED, ...SAID];

/** What the score still needs, in the order of the chart. `values` by name, each in its first unit. */
export function missing(values: Readonly<Record<string, number>>, observed: Observed): string[] {
  const unsaid = SAID.filter((name) => observed[name] === undefined);
  return [...MEASURED.filter((name) => values[name] === undefined), ...unsaid];
}

/** Whether the score is meant for such a patient, as far as that is known. */
export function applies(band: string, pregnant: boolean): boolean {
  return !pregnant && !under(band, data.not_under_years);
}

/** The score; null while anything is missing. */
export function score(values: Readonly<Record<string, number>>, observed: Observed): Score | null {
  if (missing(values, observed).length > 0) return null;
  const points: Record<string, number> = Object.fromEntries(
    MEASURED.map((name) => [name, pointsOf(name, values[name] ?? 0, observed)]),
  );
  points["on_oxygen"] = observed.on_oxygen ? charts.oxygen : 0;
  points["consciousness"] = charts.consciousness[observed.consciousness ?? "A"];
  const all = Object.values(points);
  const value = all.reduce((sum, one) => sum + one, 0);
  return { value, band: bandOf(value, Math.max(...all)), points };
}

function pointsOf(name: (typeof MEASURED)[number], value: number, { scale = 1, on_oxygen }: Observed): number {
  const steps =
    name === "oxygen_saturation" ? charts.oxygen_saturation[`${scale} ${on_oxygen ? "oxygen" : "air"}`] : charts[name];
  return step(steps as unknown as Steps<number>, rounded(value, name === "temperature" ? 1 : 0));
}

function bandOf(value: number, most: number): Band {
  const { points, up_to, band } = data.single;
  if (most >= points && value <= up_to) return band as Band;
  return step(data.bands as unknown as Steps<Band>, value);
}

/** What the first step gives that `value` is not beyond. */
function step<T>(steps: Steps<T>, value: number): T {
  const found = steps.find(([end]) => end === null || value <= end);
  if (!found) throw new RangeError("a chart without an end");
  return found[1];
}
