import { useState } from "preact/hooks";
import { Doubts } from "../../identifiers/Doubts.tsx";
import { t } from "../../words/words.ts";
import { heldIn } from "../fold/opinions.ts";
import { ActSheet } from "../people/ActSheet.tsx";
import type { ActProps } from "../people/CloseSheet.tsx";
import { send } from "../people/progress.ts";
import { useLookedOver } from "../plan/useLookedOver.ts";
import { DiagnosisSearch } from "./DiagnosisSearch.tsx";
import { differentialOf, type Line, linesOf } from "./differential.ts";
import { Likelihoods } from "./Likelihoods.tsx";
import "../../words/more/opinions.ts";
import "./opinions.css";

/** Say what one thinks it is: find a diagnosis, say how likely, and perhaps a second. */
export function OpineSheet({ onClose, ...given }: ActProps) {
  const { store, me } = given;
  const own = heldIn(store.card.value?.opinions ?? { given: 0, people: new Set(), opened: null, said: [] });
  const mine = own.find(({ by }) => by.person === me.person);
  const [lines, setLines] = useState<readonly Line[]>(() => linesOf(mine?.differential));
  const [empty, setEmpty] = useState(false);
  const over = useLookedOver(async (confirmed) => {
    await send(given, "opine", { differential: differentialOf(lines), ...confirmed });
  });
  const give = async () => {
    setEmpty(lines.length === 0);
    const texts = differentialOf(lines).map(({ dx }, n) => [`differential.${n}.dx`, dx] as const);
    if (texts.length > 0) await over.ask(Object.fromEntries(texts));
  };
  const set = (changed: readonly Line[]) => {
    over.edit();
    setEmpty(false);
    setLines(changed);
  };
  return (
    <ActSheet title={t("opinions.title")} word="opinions.send" given={given} kind="opine" send={give} onClose={onClose}>
      <p class="act-says">{t("opinions.says")}</p>
      <DiagnosisSearch lines={lines} onLines={set} />
      <Likelihoods lines={lines} onLines={set} />
      {empty && <p class="field-error">{t("opinions.none")}</p>}
      {over.doubts.length > 0 && <Doubts doubts={over.doubts} onEdit={over.edit} onConfirm={over.confirm} />}
    </ActSheet>
  );
}
