/** Noting an answer in the form. */
import type { Findings } from "./findings.ts";
import type { AskForm } from "./form.ts";

export function answer(form: AskForm, said: Partial<Findings>): void {
  form.set("findings", { ...form.fields.peek().findings, ...said });
}
