import { useId } from "preact/hooks";
import { Acuity } from "../design/Acuity.tsx";
import type { Acuity as Level } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import { ACUITIES } from "./fields.ts";
import type { AskForm } from "./form.ts";
import "./acuitycards.css";
import "../words/more/ask.ts";

/** How urgent, and what each answer means for the others. */
export function AcuityCards({ form }: { form: AskForm }) {
  const id = useId();
  const wrong = form.wrongs.value.get("acuity");
  return (
    <fieldset class="field acuity-cards" aria-describedby={`${id}-hint ${wrong ? `${id}-error` : ""}`}>
      <legend class="field-label">{t("ask.field_acuity")}</legend>
      <p id={`${id}-hint`} class="field-hint">
        {t("ask.hint_acuity")}
      </p>
      <div class="acuity-choices">
        {ACUITIES.map((level) => (
          <Card key={level} form={form} level={level} wrong={wrong !== undefined} />
        ))}
      </div>
      <p id={`${id}-error`} class="field-error" aria-live="polite" hidden={!wrong}>
        {wrong}
      </p>
    </fieldset>
  );
}

function Card({ form, level, wrong }: { form: AskForm; level: Level; wrong: boolean }) {
  const id = useId();
  return (
    <label class={`acuity-card ${wrong ? "acuity-card-wrong" : ""}`}>
      <input
        type="radio"
        name="acuity"
        value={level}
        required
        checked={form.fields.value.acuity === level}
        aria-labelledby={`${id}-name`}
        aria-describedby={`${id}-does`}
        onChange={() => form.set("acuity", level)}
      />
      <span id={`${id}-name`} class="acuity-card-name">
        <Acuity level={level} />
      </span>
      <span id={`${id}-does`} class="acuity-card-does">
        <span>{t(`ask.${level}_means`)}</span> <span>{doesOf(form, level)}</span>
        <span class="acuity-card-scale">{t(`ask.${level}_scale`)}</span>
      </span>
    </label>
  );
}

/** Whom it disturbs here. */
function doesOf({ urgency }: AskForm, level: Level): string {
  if (level === "stat" || level === "routine") return t(`ask.${level}_does`);
  return t(`ask.does_${urgency.does(level)}`);
}
