import { Moment } from "../../design/Moment.tsx";
import { MEASURES } from "../../vitals/catalogue.ts";
import { nameOf, valueIn } from "../../vitals/told.ts";
import { choose, unitFor } from "../../vitals/units.ts";
import { t } from "../../words/words.ts";
import type { Reading } from "../fold/readings.ts";
import { Trend } from "./Trend.tsx";
import { type Axis, type Mark, newestOf, pointsOf } from "./trend.ts";
import "../../words/more/vitals.ts";

interface Props {
  name: string;
  readings: readonly Reading[];
  axis: Axis;
  marks: readonly Mark[];
  chosen: readonly Mark[];
}

/** One vital sign: its newest value as this reader reads it, as it was given where that differs, and how it went. */
export function VitalRow({ name, readings, ...line }: Props) {
  const newest = newestOf(readings);
  if (!newest) return null;
  const [at, value, own] = newest;
  const unit = unitFor(name);
  const vital = { name, value, unit: own };
  return (
    <li class="vital-row">
      <span class="vital-name">{nameOf(name)}</span>
      <span class="vital-value">
        <strong>{valueIn(vital, unit)}</strong>
        {unit !== own && <span class="vital-original"> ({valueIn(vital)})</span>} <Moment at={at} />
      </span>
      {readings.length > 1 && <Trend name={name} points={pointsOf(name, readings, unit)} {...line} />}
      <OtherUnit name={name} unit={unit} />
    </li>
  );
}

/** Read it in the next unit that there is. */
function OtherUnit({ name, unit }: { name: string; unit: string }) {
  const units = MEASURES.get(name)?.units ?? [];
  const next = units[(units.findIndex((one) => one.unit === unit) + 1) % units.length];
  if (units.length < 2 || !next) return null;
  return (
    <button
      type="button"
      class="vital-next-unit"
      aria-label={`${t("vitals.unit_of", { what: nameOf(name) })}: ${next.symbol}`}
      onClick={() => choose(name, next.unit)}
    >
      {next.symbol}
    </button>
  );
}
