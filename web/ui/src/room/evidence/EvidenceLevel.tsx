import { useId } from "preact/hooks";
import type { Evidence } from "../../wire/frames.ts";
import { known, t } from "../../words/words.ts";
import { about, graded, levelsOf, QUESTIONS } from "./levels.ts";
import "../../words/more/evidence.ts";

interface Props {
  row: Evidence;
  onChange: (row: Evidence) => void;
}

/** Two short choices: on which question, and at which level of CEBM 2011. */
export function EvidenceLevel({ row, onChange }: Props) {
  const { question_type: question = "", level = "" } = row;
  const questions = QUESTIONS.map((one) => [one, nameOf(one)] as const);
  const levels = levelsOf(question, row.type).map(
    ([one, words]) => [one, t("evidence.level_choice", { level: one, words })] as const,
  );
  return (
    <div class="evidence-grade">
      <Choice
        label={t("evidence.question")}
        none={t("evidence.question_none")}
        choices={questions}
        value={question}
        onChoose={(chosen) => onChange(about(row, chosen))}
      />
      {question !== "" && (
        <Choice
          label={t("evidence.level")}
          none={t("evidence.level_choose")}
          choices={levels}
          value={level}
          onChoose={(chosen) => onChange(graded(row, chosen))}
        />
      )}
    </div>
  );
}

interface ChoiceProps {
  label: string;
  /** What it says where nothing is chosen. */
  none: string;
  choices: readonly (readonly [string, string])[];
  value: string;
  onChoose: (value: string) => void;
}

function Choice({ label, none, choices, value, onChoose }: ChoiceProps) {
  const id = useId();
  return (
    <p>
      <label for={id} class="quiet">
        {label}
      </label>
      <select id={id} class="field-box" value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        <option value="">{none}</option>
        {choices.map(([one, says]) => (
          <option key={one} value={one}>
            {says}
          </option>
        ))}
      </select>
    </p>
  );
}

function nameOf(question: string): string {
  const word = `evidence.question_${question}`;
  return known(word) ? t(word) : question;
}
