import { later, Nothing } from "../design/later.tsx";
import { t } from "../words/words.ts";
import { Fold } from "./Fold.tsx";
import { unfound } from "./findings.ts";
import type { AskForm } from "./form.ts";
import "../words/more/ask.ts";

const TemplateChips = later(() => import("./TemplateChips.tsx").then((file) => file.TemplateChips), Nothing);
const TemplateAsks = later(() => import("./TemplateChips.tsx").then((file) => file.TemplateAsks), Nothing);
const TemplateName = later(() => import("./TemplateChips.tsx").then((file) => file.TemplateName), Nothing);
const Findings = later(() => import("./Findings.tsx").then((file) => file.Findings), Nothing);
const Resources = later(() => import("./Resources.tsx").then((file) => file.Resources), Nothing);
const Suggestion = later(() => import("./Suggestion.tsx").then((file) => file.Suggestion), Nothing);

/** Where one starts from a complaint; what it asks comes with it. */
export function StartFrom({ form }: { form: AskForm }) {
  const { template } = form.fields.value;
  return (
    <>
      <Fold name={t("ask.field_template")} now={template ? <TemplateName name={template} /> : t("ask.no_template")}>
        {() => <TemplateChips form={form} />}
      </Fold>
      {template && <TemplateAsks name={template} />}
    </>
  );
}

/** Vital signs and triage. */
export function Measured({ form }: { form: AskForm }) {
  const { findings, template } = form.fields.value;
  const wrong = form.wrongs.value.get("findings");
  const none = unfound(findings);
  const count = Object.values(findings.vitals).filter(({ text }) => text !== "").length;
  return (
    <div class="field">
      <Fold
        name={t("ask.field_findings")}
        now={count === 0 ? t("ask.findings_none") : t("ask.findings_some", { count })}
        wanted={!none || template !== "" || wrong !== undefined}
      >
        {() => <Findings form={form} />}
      </Fold>
      <p class="field-error" aria-live="polite" hidden={!wrong}>
        {wrong}
      </p>
      {!none && <Suggestion form={form} />}
    </div>
  );
}

/** What there is where the patient is. */
export function Place({ form }: { form: AskForm }) {
  const { resources, template } = form.fields.value;
  const count = Object.keys(resources).length;
  return (
    <Fold
      name={t("ask.field_resources")}
      now={count === 0 ? t("ask.resources_none") : t("ask.resources_some", { count })}
      wanted={count > 0 || template !== ""}
    >
      {() => <Resources form={form} />}
    </Fold>
  );
}
