import { AreaField } from "../design/Field.tsx";
import { t } from "../words/words.ts";
import type { AskForm } from "./form.ts";
import "../words/more/ask.ts";

/** One part of ISBAR. */
export function AskText({
  form,
  name,
}: {
  form: AskForm;
  name: "situation" | "background" | "assessment" | "request";
}) {
  const needed = name !== "background";
  return (
    <AreaField
      name={name}
      label={t(`ask.field_${name}`)}
      hint={t(`ask.hint_${name}`)}
      error={form.wrongs.value.get(name)}
      optional={needed ? undefined : t("ask.optional")}
      required={needed}
      value={form.fields.value[name]}
      onInput={(event) => form.set(name, event.currentTarget.value)}
    />
  );
}
