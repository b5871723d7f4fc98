import { nameOf } from "../../vitals/told.ts";
import { list, number, timeOfDay } from "../../words/format.ts";
import { t } from "../../words/words.ts";
import { labelOf } from "./marks.ts";
import { type Axis, drawn, type Mark, type Point, placeOf } from "./trend.ts";
import "../../words/more/vitals.ts";

interface Props {
  name: string;
  points: readonly Point[];
  axis: Axis;
  marks: readonly Mark[];
  /** The marks that are looked at. */
  chosen: readonly Mark[];
}

/** How one vital sign went, drawn from left to right in every script, as clinical charts are. */
export function Trend({ name, points, axis, marks, chosen }: Props) {
  const places = drawn(points, axis);
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;
  const values = list(points.map(({ value }) => number(value)));
  const place = ({ at }: Mark) => placeOf(at, axis);
  const says = t("vitals.trend", { name: nameOf(name), values, from: timeOfDay(first.at), to: timeOfDay(last.at) });
  return (
    <svg class="trend" viewBox="0 0 100 24" preserveAspectRatio="none" role="img" aria-label={says}>
      {marks.map((mark) => (
        <line key={mark.id} class={markClass(mark, chosen)} x1={place(mark)} x2={place(mark)} y1="0" y2="24">
          <title>{labelOf(mark)}</title>
        </line>
      ))}
      <polyline class="trend-line" points={places.map((place) => place.join(",")).join(" ")} />
      <path class="trend-points" d={places.map(([x, y]) => `M${x} ${y}h0`).join("")} />
    </svg>
  );
}

function markClass(mark: Mark, chosen: readonly Mark[]): string {
  return chosen.includes(mark) ? "trend-mark trend-mark-chosen" : "trend-mark";
}
