/** A trend as a line on a time axis that all vital signs share. */
import { converted } from "../../vitals/conversion.ts";
import type { Reading, Readings } from "../fold/readings.ts";

/** An act of the plan at the moment, Unix ms, at which it came into this state. */
export interface Mark {
  readonly id: string;
  readonly at: number;
  readonly state: "accepted" | "doing" | "done";
  readonly text: string;
}

/** From when to when, Unix ms. */
export interface Axis {
  readonly from: number;
  readonly to: number;
}

export interface Point {
  readonly at: number;
  readonly value: number;
}

export const WIDTH = 100;
const HEIGHT = 24;
const EDGE = 2;

/** The axis on which all readings and marks have their place. */
export function axisOf(readings: Readings, marks: readonly Pick<Mark, "at">[]): Axis {
  const times = [...Object.values(readings).flatMap((of) => of.map(([at]) => at)), ...marks.map(({ at }) => at)];
  return { from: Math.min(...times), to: Math.max(...times) };
}

/** The readings in `unit`, the oldest measured first. */
export function pointsOf(name: string, readings: readonly Reading[], unit: string): Point[] {
  const points = readings.map(([at, value, own]) => ({ at, value: converted({ name, value, unit: own }, unit) }));
  return points.toSorted((one, other) => one.at - other.at);
}

/** The newest measured; of several at one moment the last told. */
export function newestOf(readings: readonly Reading[]): Reading | undefined {
  return readings.toSorted(([one], [other]) => one - other).at(-1);
}

/** Where a moment stands from the start of the axis. */
export function placeOf(at: number, { from, to }: Axis): number {
  const share = to > from ? (at - from) / (to - from) : 1;
  return round(EDGE + share * (WIDTH - 2 * EDGE));
}

/** Where the points stand in a box of 100 by 24: the higher the value, the nearer to the top. */
export function drawn(points: readonly Point[], axis: Axis): [number, number][] {
  const values = points.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const height = (value: number) => (high > low ? (high - value) / (high - low) : 0.5);
  return points.map(({ at, value }) => [placeOf(at, axis), round(EDGE + height(value) * (HEIGHT - 2 * EDGE))]);
}

function round(place: number): number {
  return Math.round(place * 100) / 100;
}
