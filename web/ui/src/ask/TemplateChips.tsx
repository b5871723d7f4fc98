import { t } from "../words/words.ts";
import type { AskForm } from "./form.ts";
import { TEMPLATES, type Template } from "./templates.ts";
import "./measured.css";
import "../words/more/ask.ts";
import "../words/more/templates.ts";

/** One tap: whom to ask, what they will want to know, which vital signs and resources matter. */
export function TemplateChips({ form }: { form: AskForm }) {
  const { template } = form.fields.value;
  return (
    <div class="field">
      <p class="field-hint">{t("ask.hint_template")}</p>
      <ul class="chips" aria-label={t("ask.field_template")}>
        {TEMPLATES.map((one) => (
          <li key={one.name}>
            <button
              type="button"
              name="template"
              class="chip toggle"
              aria-pressed={one.name === template}
              onClick={({ currentTarget }) => {
                start(form, one);
                fold(currentTarget);
              }}
            >
              {t(`templates.${one.name}` as "templates.stroke")}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function TemplateName({ name }: { name: string }) {
  return <>{t(`templates.${name}` as "templates.stroke")}</>;
}

/** What those who answer will want to know: questions, never answers. */
export function TemplateAsks({ name }: { name: string }) {
  return <p class="template-asks">{t(`templates.${name}_asks` as "templates.stroke_asks")}</p>;
}

/** The form goes on below. */
function fold(chip: HTMLElement): void {
  const details = chip.closest("details");
  if (!details) return;
  details.open = false;
  details.querySelector("summary")?.focus();
}

/** Take the template, or put it back; whom one has chosen to ask stays. */
function start(form: AskForm, { name, specialties, pregnant = false }: Template): void {
  const { template, specialties: chosen, findings } = form.fields.peek();
  form.set("template", name === template ? "" : name);
  if (name === template) return;
  if (chosen.length === 0) form.set("specialties", specialties);
  if (pregnant !== findings.pregnant) form.set("findings", { ...findings, pregnant });
}
