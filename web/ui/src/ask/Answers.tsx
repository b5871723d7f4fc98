import type { FunctionComponent } from "preact";
import { Choices } from "../design/Choices.tsx";
import { t } from "../words/words.ts";
import { answer } from "./answering.ts";
import { EsiQuestions } from "./EsiQuestions.tsx";
import type { System } from "./findings.ts";
import type { AskForm } from "./form.ts";
import { ManchesterColours } from "./ManchesterColours.tsx";
import { News2Answers } from "./News2Answers.tsx";
import "../words/more/measured.ts";

const SYSTEMS: readonly System[] = ["NEWS2", "ESI", "MTS"];
const ASKED: Readonly<Record<System, FunctionComponent<{ form: AskForm }>>> = {
  NEWS2: News2Answers,
  ESI: EsiQuestions,
  MTS: ManchesterColours,
};

/** By which system the patient is triaged, and what that one asks besides vital signs. */
export function Answers({ form }: { form: AskForm }) {
  const { system } = form.fields.value.findings;
  const Asked = ASKED[system];
  return (
    <>
      <Choices
        legend={t("measured.system")}
        name="system"
        choices={SYSTEMS.map((value) => ({ value, label: t(`measured.system_${value}`) }))}
        value={system}
        onChoose={(one) => answer(form, { system: one })}
      />
      <Asked form={form} />
    </>
  );
}
