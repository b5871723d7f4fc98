import { useId } from "preact/hooks";
import { country, specialty } from "../words/format.ts";
import { t } from "../words/words.ts";
import { ALL, type Choice, KINDS, type Told } from "./told.ts";
import "../design/field.css";
import "../words/more/insights.ts";

const ACUITIES = ["stat", "asap", "urgent", "routine"] as const;

interface Props {
  choice: Choice;
  /** As the server has told them; null while it has not. */
  told: Told | null;
  choose: (choice: Choice) => void;
}

/** Of which cases one wants the figures. */
export function ChoiceBar({ choice, told, choose }: Props) {
  const acuities = ACUITIES.map((value) => ({ value, label: t(`common.${value}`) }));
  const specialties = named(told, "specialties").map((value) => ({ value, label: specialty(value) }));
  const countries = named(told, "countries").map((value) => ({ value, label: country(value) }));
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
        options={specialties}
        value={choice.specialty}
        onChoose={(one) => choose({ ...choice, specialty: one })}
      />
      <Select
        label={t("insights.country")}
        options={countries}
        value={choice.country}
        onChoose={(one) => choose({ ...choice, country: one })}
      />
    </div>
  );
}

/** What there are figures of, of any kind. What is not known has no name. */
function named(told: Told | null, what: "specialties" | "countries"): readonly string[] {
  const all = told ? KINDS.flatMap((kind) => told[kind][what]) : [];
  return [...new Set(all)].filter((one) => one !== "").sort();
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
