import { useState } from "preact/hooks";
import { Choices } from "../../design/Choices.tsx";
import { type AllTyped, readIn } from "../../vitals/typed.ts";
import { VitalFields } from "../../vitals/VitalFields.tsx";
import { t } from "../../words/words.ts";
import { ActSheet } from "../people/ActSheet.tsx";
import type { ActProps } from "../people/CloseSheet.tsx";
import { send } from "../people/progress.ts";
import "../../words/more/vitals.ts";
import "../../words/more/room.ts";

const MINUTE_MS = 60_000;
const AGO = ["0", "5", "15", "30", "60"] as const;
type Ago = (typeof AGO)[number];

/** Say what was measured, and when: with a tap, for whoever measures has no hand free. */
export function VitalsSheet({ onClose, ...given }: ActProps) {
  const { store, client } = given;
  const [typed, setTyped] = useState<AllTyped>({});
  const [ago, setAgo] = useState<Ago>("0");
  const [empty, setEmpty] = useState(false);
  const [before] = useState(store.card.value?.vitals);
  const { vitals, wrong } = readIn(typed);
  const add = async () => {
    setEmpty(vitals.length === 0);
    if (vitals.length === 0 || wrong.size > 0) return;
    const taken_at = Math.round(client.link.now()) - Number(ago) * MINUTE_MS;
    await send(given, "vitals", { taken_at, values: vitals });
  };
  return (
    <ActSheet title={t("room.do_vitals")} word="vitals.add" given={given} kind="vitals" send={add} onClose={onClose}>
      <p class="act-says">{t("vitals.adds_says")}</p>
      <VitalFields
        wanted={Object.keys(before ?? {})}
        typed={typed}
        wrong={wrong}
        onType={(name, one) => setTyped((now) => ({ ...now, [name]: one }))}
      />
      <Choices
        legend={t("vitals.taken")}
        name="taken"
        choices={AGO.map((value) => ({ value, label: agoIn(Number(value)) }))}
        value={ago}
        onChoose={setAgo}
      />
      {empty && <p class="field-error">{t("vitals.none")}</p>}
    </ActSheet>
  );
}

function agoIn(minutes: number): string {
  return minutes === 0 ? t("vitals.taken_now") : t("vitals.taken_before", { count: minutes });
}
