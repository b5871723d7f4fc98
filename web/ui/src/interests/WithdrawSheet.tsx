import { useState } from "preact/hooks";
import { announce } from "../design/announce.ts";
import { Button } from "../design/Button.tsx";
import { Sheet } from "../design/Sheet.tsx";
import { t } from "../words/words.ts";
import { EntryText } from "./EntryText.tsx";
import type { InterestStore } from "./store.ts";
import type { Declared } from "./types.ts";
import "../words/more/interests.ts";

interface Props {
  store: InterestStore;
  entry: Declared;
  onClose: () => void;
}

/** Withdraw an entry, once one has read what follows. */
export function WithdrawSheet({ store, entry, onClose }: Props) {
  const [wrong, setWrong] = useState<string>();
  const withdraw = async () => {
    const refused = await store.withdraw(entry.id);
    setWrong(refused);
    if (refused) return;
    announce(t("interests.withdrawn"));
    onClose();
  };
  const foot = (
    <>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button look="grave" onClick={() => void withdraw()}>
        {t("interests.withdraw")}
      </Button>
    </>
  );
  return (
    <Sheet title={t("interests.withdraw_of", { payer: entry.payer })} onClose={onClose} foot={foot}>
      <div class="interests-form">
        <EntryText entry={entry} />
        <p class="interests-note">{t("interests.withdraw_says")}</p>
        <p class="field-error" role="alert" hidden={!wrong}>
          {wrong}
        </p>
      </div>
    </Sheet>
  );
}
