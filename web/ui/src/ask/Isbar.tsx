import { Field } from "../design/Field.tsx";
import { later, Nothing } from "../design/later.tsx";
import { t } from "../words/words.ts";
import { AcuityCards } from "./AcuityCards.tsx";
import { AskText } from "./AskText.tsx";
import { Background } from "./Background.tsx";
import type { AskForm } from "./form.ts";
import { OFTEN, SPECIALTIES } from "./options.ts";
import { Measured, Place, StartFrom } from "./Parts.tsx";
import { Patient } from "./Patient.tsx";
import { Picker } from "./Picker.tsx";
import "../words/more/ask.ts";

const Linked = later(() => import("./Linked.tsx").then((file) => file.Linked), Nothing);

/** What every case needs, in the order in which it is spoken. */
export function Isbar({ form }: { form: AskForm }) {
  const { title, specialties, linked_to } = form.fields.value;
  const wrongs = form.wrongs.value;
  return (
    <>
      {linked_to !== null && <Linked form={form} />}
      <StartFrom form={form} />
      <Field
        name="title"
        label={t("ask.field_title")}
        hint={t("ask.hint_title")}
        error={wrongs.get("title")}
        value={title}
        required
        autocomplete="off"
        enterkeyhint="next"
        onInput={(event) => form.set("title", event.currentTarget.value)}
      />
      <Patient form={form} />
      <Measured form={form} />
      <AcuityCards form={form} />
      <Picker
        name="specialties"
        label={t("ask.field_specialties")}
        hint={t("ask.hint_specialties")}
        error={wrongs.get("specialties")}
        options={SPECIALTIES}
        often={OFTEN}
        open
        chosen={specialties}
        onChange={(chosen) => form.set("specialties", chosen)}
      />
      <AskText form={form} name="situation" />
      <Background form={form} />
      <Place form={form} />
      <AskText form={form} name="assessment" />
      <AskText form={form} name="request" />
    </>
  );
}
