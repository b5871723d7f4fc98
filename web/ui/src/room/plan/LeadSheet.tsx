import { useState } from "preact/hooks";
import { Choices } from "../../design/Choices.tsx";
import { nameOf, standingOf } from "../../design/Person.tsx";
import { t } from "../../words/words.ts";
import { ActSheet } from "../people/ActSheet.tsx";
import type { ActProps } from "../people/CloseSheet.tsx";
import { send } from "../people/progress.ts";
import "../../words/more/plan.ts";

/** Who keeps the plan beside the presenter, whose case it stays. */
export function LeadSheet({ onClose, ...given }: ActProps) {
  const { store } = given;
  const { presenter = "", lead = null } = store.card.value ?? {};
  const [person, setPerson] = useState(lead ?? presenter);
  const others = store.here.value.people.filter((here) => here.person !== presenter);
  const choices = [
    { value: presenter, label: t("plan.lead_nobody") },
    ...others.map((by) => ({ value: by.person, label: nameOf(by), says: standingOf(by) })),
  ];
  const done = (lead ?? presenter) === person;
  return (
    <ActSheet
      title={t("plan.lead")}
      word="plan.lead_send"
      given={given}
      kind="lead"
      send={async () => (done ? onClose() : send(given, "lead", { person }))}
      onClose={onClose}
    >
      <p class="act-says">{t("plan.lead_says")}</p>
      <Choices legend={t("plan.lead_who")} name="lead" choices={choices} value={person} onChoose={setPerson} />
    </ActSheet>
  );
}
