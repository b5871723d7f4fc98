import type { Typed } from "../vitals/typed.ts";
import { VitalFields } from "../vitals/VitalFields.tsx";
import { Answers } from "./Answers.tsx";
import { answer } from "./answering.ts";
import type { AskForm } from "./form.ts";
import { templateOf } from "./templates.ts";
import { worked } from "./working.ts";
import "./measured.css";

/** Vital signs as they are read off, and what triage asks besides. */
export function Findings({ form }: { form: AskForm }) {
  const { findings, age_band, template } = form.fields.value;
  const { wrong } = worked(findings, age_band);
  return (
    <>
      <VitalFields
        wanted={templateOf(template)?.vitals ?? []}
        typed={findings.vitals}
        wrong={wrong}
        onType={(name, typed) => write(form, name, typed)}
      />
      <Answers form={form} />
    </>
  );
}

/** They were measured when the first was written. */
function write(form: AskForm, name: string, typed: Typed): void {
  const { findings } = form.fields.peek();
  answer(form, { at: findings.at ?? Date.now(), vitals: { ...findings.vitals, [name]: typed } });
}
