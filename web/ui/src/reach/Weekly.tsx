import { Button, IconButton } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { intl } from "../words/locale.ts";
import { t } from "../words/words.ts";
import { DAYS, type Row, toggled } from "./weekly.ts";
import "../words/more/reach.ts";

const SHORT = new Intl.DateTimeFormat(intl, { weekday: "short", timeZone: "UTC" });
const LONG = new Intl.DateTimeFormat(intl, { weekday: "long", timeZone: "UTC" });

/** Hours on days of the week. */
export function Weekly({ rows, onChange }: { rows: readonly Row[]; onChange: (rows: readonly Row[]) => void }) {
  return (
    <div class="reach-weekly">
      {rows.map((row, at) => (
        <WeeklyRow
          key={at}
          row={row}
          onChange={(changed) => onChange(rows.with(at, changed))}
          onRemove={rows.length > 1 ? () => onChange(rows.filter((_, other) => other !== at)) : undefined}
        />
      ))}
      <Button onClick={() => onChange([...rows, { days: [], begins: "", ends: "" }])}>{t("reach.hours_add")}</Button>
    </div>
  );
}

interface Props {
  row: Row;
  onChange: (row: Row) => void;
  onRemove: (() => void) | undefined;
}

function WeeklyRow({ row, onChange, onRemove }: Props) {
  return (
    <fieldset class="reach-row">
      <legend class="quiet">{t("reach.days")}</legend>
      <div class="reach-days">
        {DAYS.map((day) => (
          <label key={day} class="reach-day" aria-label={LONG.format(monday(day))}>
            <input type="checkbox" checked={row.days.includes(day)} onChange={() => onChange(toggled(row, day))} />
            <span aria-hidden="true">{SHORT.format(monday(day))}</span>
          </label>
        ))}
      </div>
      <div class="reach-times">
        {(["begins", "ends"] as const).map((name) => (
          <Field
            key={name}
            type="time"
            label={t(`reach.${name}`)}
            value={row[name]}
            onInput={(event) => onChange({ ...row, [name]: event.currentTarget.value })}
          />
        ))}
        {onRemove && <IconButton icon="close" name={t("reach.hours_remove")} onClick={onRemove} />}
      </div>
    </fieldset>
  );
}

/** A day of the week: 5 January 2026 was a Monday. */
function monday(day: number): number {
  return Date.UTC(2026, 0, 4 + day);
}
