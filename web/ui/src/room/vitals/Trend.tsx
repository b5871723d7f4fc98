import { nameOf } from "../../vitals/told.ts";
import { list, number, timeOfDay } from "../../words/format.ts";
import { t } from "../../words/words.ts";
import { type Axis, drawn, type Mark, type Point, placeOf } from "./trend.ts";
import "../../words/more/vitals.ts";

interface Props {
  name: string;
  points: readonly Point[];
  axis: Axis;
  marks: readonly Mark[];
}

/** How one vital sign went, drawn from left to right in every script, as clinical charts are. */
export function Trend({ name, points, axis, marks }: Props) {
  const places = drawn(points, axis);
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;
  const values = list(points.map(({ value }) => number(value)));
  const says = t("vitals.trend", { name: nameOf(name), values, from: timeOfDay(first.at), to: timeOfDay(last.at) });
  return (
    <svg class="trend" viewBox="0 0 100 24" preserveAspectRatio="none" role="img" aria-label={says}>
      {marks.map(({ at, label }) => (
        <line key={`${at} ${label}`} class="trend-mark" x1={placeOf(at, axis)} x2={placeOf(at, axis)} y1="0" y2="24">
          <title>{label}</title>
        </line>
      ))}
      <polyline class="trend-line" points={places.map((place) => place.join(",")).join(" ")} />
      <path class="trend-points" d={places.map(([x, y]) => `M${x} ${y}h0`).join("")} />
    </svg>
  );
}
