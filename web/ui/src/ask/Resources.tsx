import { Field } from "../design/Field.tsx";
import { t } from "../words/words.ts";
import type { AskForm } from "./form.ts";
import { LEAST_HOURS, MOST_HOURS, sorted } from "./resources.ts";
import { templateOf } from "./templates.ts";
import "./measured.css";
import "../words/more/ask.ts";
import "../words/more/measured.ts";
import "../words/more/vitals.ts";

/** One tap: there; another: not there; a third: not said. */
export function Resources({ form }: { form: AskForm }) {
  const { resources, template } = form.fields.value;
  const hours = resources["transfer_hours"];
  return (
    <>
      <p class="field-hint">{t("measured.resources_hint")}</p>
      <ul class="chips" aria-label={t("ask.field_resources")}>
        {sorted(templateOf(template)?.resources ?? []).map((name) => (
          <li key={name}>
            <Chip form={form} name={name} />
          </li>
        ))}
      </ul>
      <Field
        name="resources"
        type="number"
        inputmode="decimal"
        min={LEAST_HOURS}
        max={MOST_HOURS}
        step="0.5"
        label={t("vitals.have_transfer_hours")}
        optional={t("ask.optional")}
        value={typeof hours === "number" ? String(hours) : ""}
        onInput={(event) => say(form, "transfer_hours", hoursIn(event.currentTarget.value))}
      />
    </>
  );
}

function Chip({ form, name }: { form: AskForm; name: string }) {
  const value = form.fields.value.resources[name];
  const state = value === undefined ? "unsaid" : value ? "yes" : "no";
  const next = { unsaid: true, yes: false, no: undefined }[state];
  return (
    <button type="button" class={`chip toggle toggle-${state}`} onClick={() => say(form, name, next)}>
      {t(`vitals.have_${name}` as "vitals.have_ct")}
      <span class={state === "unsaid" ? "quiet" : "toggle-state"}>{t(`measured.resources_state_${state}`)}</span>
    </button>
  );
}

function say(form: AskForm, name: string, value: boolean | number | undefined): void {
  const { [name]: _, ...others } = form.fields.peek().resources;
  form.set("resources", value === undefined ? others : { ...others, [name]: value });
}

function hoursIn(text: string): number | undefined {
  const hours = Number(text);
  return text === "" || Number.isNaN(hours) ? undefined : Math.min(MOST_HOURS, Math.max(LEAST_HOURS, hours));
}
