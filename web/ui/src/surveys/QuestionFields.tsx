import { Tick } from "../ask/Tick.tsx";
import { Button } from "../design/Button.tsx";
import { AreaField, Field } from "../design/Field.tsx";
import { t } from "../words/words.ts";
import { MOST_OPTIONS, type QuestionDraft } from "./draft.ts";
import "../words/more/surveying.ts";

interface Props {
  /** From 0. */
  place: number;
  question: QuestionDraft;
  wrongAt: (name: string) => string | undefined;
  onChange: (part: Partial<QuestionDraft>) => void;
  /** Absent where it is the only one. */
  onRemove?: () => void;
}

/** One question with its options. What is wrong with the options stands at the last of them. */
export function QuestionFields({ place, question: { question, options, multiple }, wrongAt, ...does }: Props) {
  const { onChange, onRemove } = does;
  return (
    <fieldset class="asked-part">
      <legend>{t("surveying.question", { place: place + 1 })}</legend>
      <AreaField
        label={t("surveying.asks")}
        error={wrongAt(`question.${place}`)}
        maxLength={500}
        value={question}
        onInput={(event) => onChange({ question: event.currentTarget.value })}
      />
      {options.map((option, n) => (
        <Field
          key={n}
          label={t("surveying.option", { place: n + 1 })}
          error={n === options.length - 1 ? wrongAt(`options.${place}`) : undefined}
          maxLength={200}
          value={option}
          onInput={(event) =>
            onChange({ options: options.map((one, at) => (at === n ? event.currentTarget.value : one)) })
          }
        />
      ))}
      <Tick label={t("surveying.several")} on={multiple} onTick={(on) => onChange({ multiple: on })} />
      <div class="asked-acts">
        {options.length < MOST_OPTIONS && (
          <Button icon="ask" onClick={() => onChange({ options: [...options, ""] })}>
            {t("surveying.option_add")}
          </Button>
        )}
        {onRemove && (
          <Button look="bare" onClick={onRemove}>
            {t("surveying.question_remove", { place: place + 1 })}
          </Button>
        )}
      </div>
    </fieldset>
  );
}
