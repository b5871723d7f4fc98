import { useId } from "preact/hooks";
import { specialty } from "../words/format.ts";
import { t } from "../words/words.ts";
import { ALL, type Choice } from "./times.ts";
import "../design/field.css";
import "../words/more/insights.ts";

const ACUITIES = ["stat", "asap", "urgent", "routine"] as const;

interface Props {
  choice: Choice;
  specialties: readonly string[];
  choose: (choice: Choice) => void;
}

/** Of which cases one wants the figures. */
export function ChoiceBar({ choice, specialties, choose }: Props) {
  const acuities = ACUITIES.map((value) => ({ value, label: t(`common.${value}`) }));
  const named = specialties.map((value) => ({ value, label: specialty(value) }));
  return (
    <div class="insights-choice">
      <Select
        label={t("insights.acuity")}
        options={acuities}
        value={choice.acuity}
        onChoose={(acuity) => choose({ ...choice, acuity: acuity as Choice["acuity"] })}
      />
      <Select
        label={t("insights.specialty")}
        options={named}
        value={choice.specialty}
        onChoose={(one) => choose({ ...choice, specialty: one })}
      />
    </div>
  );
}

interface SelectProps {
  label: string;
  options: readonly { value: string; label: string }[];
  value: string;
  onChoose: (value: string) => void;
}

function Select({ label, options, value, onChoose }: SelectProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id} class="field-label">
        {label}
      </label>
      <select id={id} class="field-box" value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        <option value={ALL}>{t("insights.all")}</option>
        {options.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </select>
    </div>
  );
}
