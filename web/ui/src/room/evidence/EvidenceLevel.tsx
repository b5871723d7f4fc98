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
  return (
    <div class="evidence-grade">
      <label>
        <span>{t("evidence.question")}</span>
        <select
          class="field-box"
          value={question}
          onChange={(event) => onChange(about(row, event.currentTarget.value))}
        >
          <option value="">{t("evidence.question_none")}</option>
          {QUESTIONS.map((one) => (
            <option key={one} value={one}>
              {nameOf(one)}
            </option>
          ))}
        </select>
      </label>
      {question !== "" && (
        <label>
          <span>{t("evidence.level")}</span>
          <select
            class="field-box"
            value={level}
            onChange={(event) => onChange(graded(row, event.currentTarget.value))}
          >
            <option value="">{t("evidence.level_none")}</option>
            {levelsOf(question, row.type).map(([one, words]) => (
              <option key={one} value={one}>
                {t("evidence.level_choice", { level: one, words })}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}

function nameOf(question: string): string {
  const word = `evidence.question_${question}`;
  return known(word) ? t(word) : question;
}
