import { useId } from "preact/hooks";
import { MEASURES } from "./catalogue.ts";
import { limits, type Wrong } from "./checks.ts";
import type { Typed } from "./typed.ts";
import { choose, unitFor } from "./units.ts";
import "./vitalfield.css";
import { number } from "../words/format.ts";
import { t } from "../words/words.ts";
import "../words/more/vitals.ts";

interface Props {
  name: string;
  typed: Typed | undefined;
  wrong: Wrong | undefined;
  onType: (typed: Typed) => void;
}

/** One vital sign: a number, in the unit in which this person reads it. */
export function VitalField({ name, typed, wrong, onType }: Props) {
  const id = useId();
  const unit = typed?.unit ?? unitFor(name);
  const label = t(`vitals.${name}` as "vitals.pain");
  return (
    <div class="vital">
      <label for={id}>{label}</label>
      <span class="vital-box">
        <input
          id={id}
          name="findings"
          class="field-box"
          inputmode="decimal"
          autocomplete="off"
          enterkeyhint="next"
          maxLength={8}
          value={typed?.text ?? ""}
          aria-describedby={`${id}-error`}
          aria-invalid={wrong ? true : undefined}
          onInput={(event) => onType({ text: event.currentTarget.value, unit })}
        />
        <Units
          name={name}
          unit={unit}
          label={label}
          onChoose={(one) => onType({ text: typed?.text ?? "", unit: one })}
        />
      </span>
      <span id={`${id}-error`} class="field-error" aria-live="polite" hidden={!wrong}>
        {wrong && saidOf(wrong, name, unit)}
      </span>
    </div>
  );
}

interface UnitsProps {
  name: string;
  unit: string;
  label: string;
  onChoose: (unit: string) => void;
}

function Units({ name, unit, label, onChoose }: UnitsProps) {
  const units = MEASURES.get(name)?.units ?? [];
  if (units.length === 1) return <span class="vital-unit">{units[0]?.symbol}</span>;
  const change = (one: string) => {
    choose(name, one);
    onChoose(one);
  };
  return (
    <select
      class="vital-unit field-box"
      aria-label={t("vitals.unit_of", { what: label })}
      value={unit}
      onChange={(event) => change(event.currentTarget.value)}
    >
      {units.map((one) => (
        <option key={one.unit} value={one.unit}>
          {one.symbol}
        </option>
      ))}
    </select>
  );
}

function saidOf(wrong: Wrong, name: string, unit: string): string {
  if (wrong.is === "decimals") return t("vitals.wrong_decimals", { count: wrong.decimals });
  if (wrong.is !== "limits") return t(`vitals.wrong_${wrong.is}`);
  const { low, high } = limits({ name, unit });
  const symbol = MEASURES.get(name)?.units.find((one) => one.unit === unit)?.symbol ?? "";
  return t("vitals.wrong_limits", { low: number(low), high: number(high), unit: symbol });
}
