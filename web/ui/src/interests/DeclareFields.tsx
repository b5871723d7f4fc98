import { useId } from "preact/hooks";
import { Field } from "../design/Field.tsx";
import { t } from "../words/words.ts";
import { bandIn, kindIn } from "./codes.ts";
import type { Draft } from "./draft.ts";
import type { OwnInterests } from "./types.ts";
import { natureIn } from "./wording.ts";
import "../words/more/interests.ts";

interface Props {
  all: OwnInterests;
  draft: Draft;
  onChange: (changed: Partial<Draft>) => void;
}

/** Who pays, for what, since when and how much. */
export function DeclareFields({ all, draft, onChange }: Props) {
  const text = (name: keyof Draft) => ({
    value: draft[name],
    onInput: (event: InputEvent & { currentTarget: HTMLInputElement }) =>
      onChange({ [name]: event.currentTarget.value }),
  });
  const optional = t("interests.optional");
  return (
    <>
      <Field
        label={t("interests.payer")}
        hint={t("interests.payer_hint")}
        required
        maxLength={200}
        {...text("payer")}
      />
      <Chosen
        label={t("interests.payer_kind")}
        options={all.payer_kinds.map((code) => [code, kindIn(code)])}
        value={draft.payer_kind}
        onChoose={(payer_kind) => onChange({ payer_kind })}
      />
      <Chosen
        label={t("interests.nature")}
        options={all.natures.map((code) => [code, natureIn(code)])}
        value={draft.nature}
        onChoose={(nature) => onChange({ nature })}
      />
      <Field
        label={t("interests.products")}
        hint={t("interests.products_hint")}
        optional={optional}
        maxLength={1_000}
        {...text("products")}
      />
      <Field label={t("interests.since")} hint={t("interests.date_hint")} required maxLength={10} {...text("since")} />
      <Field
        label={t("interests.until")}
        hint={t("interests.until_hint")}
        optional={optional}
        maxLength={10}
        {...text("until")}
      />
      <Chosen
        label={t("interests.band")}
        options={all.bands.map((code) => [code, bandIn(code)])}
        value={draft.band}
        onChoose={(band) => onChange({ band })}
      />
      <Field label={t("interests.payer_id")} optional={optional} maxLength={64} {...text("payer_id")} />
    </>
  );
}

interface ChosenProps {
  label: string;
  /** Each with what it is called. */
  options: readonly (readonly [string, string])[];
  value: string;
  onChoose: (value: string) => void;
}

/** One of a list; none until one is chosen. */
function Chosen({ label, options, value, onChoose }: ChosenProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id} class="field-label">
        {label}
      </label>
      <select
        id={id}
        class="field-box"
        required
        value={value}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        <option value="" />
        {options.map(([code, says]) => (
          <option key={code} value={code}>
            {says}
          </option>
        ))}
      </select>
    </div>
  );
}
