import { useState } from "preact/hooks";
import { Choices } from "../../design/Choices.tsx";
import type { Case } from "../../wire/frames.ts";
import { t } from "../../words/words.ts";
import { ActSheet } from "./ActSheet.tsx";
import type { ActProps } from "./CloseSheet.tsx";
import { send } from "./progress.ts";
import "../../words/more/acts.ts";
import "../../words/more/room.ts";

type Reach = Case["reach"];
const REACHES: readonly Reach[] = ["team", "institution", "network", "world"];

/** Let more physicians in. Never fewer. */
export function WidenSheet({ onClose, ...given }: ActProps) {
  const { store } = given;
  const now = store.card.value?.reach ?? "world";
  const wider = REACHES.slice(REACHES.indexOf(now) + 1);
  const [reach, setReach] = useState<Reach | undefined>(wider.length === 1 ? wider[0] : undefined);
  return (
    <ActSheet
      title={t("room.do_widen")}
      word="room.do_widen"
      given={given}
      kind="widen"
      send={async () => reach && send(given, "widen", { reach })}
      onClose={onClose}
    >
      <p class="act-says">{t("acts.widen_says")}</p>
      <p class="act-fact">{t("acts.widen_now", { reach: t(`room.case_reach_${now}`) })}</p>
      <Choices legend={t("acts.widen_to")} name="reach" choices={choicesOf(wider)} value={reach} onChoose={setReach} />
    </ActSheet>
  );
}

function choicesOf(wider: readonly Reach[]) {
  return wider.map((value) => ({ value, label: t(`room.case_reach_${value}`) }));
}
