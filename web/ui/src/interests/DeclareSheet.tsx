import { useId, useState } from "preact/hooks";
import { announce } from "../design/announce.ts";
import { Button } from "../design/Button.tsx";
import { Sheet } from "../design/Sheet.tsx";
import { useSubmit } from "../design/useSubmit.ts";
import { t } from "../words/words.ts";
import { DeclareFields } from "./DeclareFields.tsx";
import { complete, draftOf } from "./draft.ts";
import type { InterestStore } from "./store.ts";
import type { Declared, OwnInterests } from "./types.ts";
import "../words/more/interests.ts";

interface Props {
  store: InterestStore;
  all: OwnInterests;
  /** What is changed; absent where one is declared anew. */
  entry?: Declared;
  onClose: () => void;
}

/** Declare an interest, or change one. */
export function DeclareSheet({ store, all, entry, onClose }: Props) {
  const form = useId();
  const [draft, setDraft] = useState(() => draftOf(entry));
  const [wrong, setWrong] = useState<string>();
  const keep = useSubmit(async () => {
    const refused = complete(draft) ? await store.declare(draft, entry?.id) : t("interests.lacks");
    setWrong(refused);
    if (refused) return;
    announce(t("interests.kept"));
    onClose();
  });
  const foot = (
    <>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button look="next" type="submit" form={form}>
        {t("interests.keep")}
      </Button>
    </>
  );
  const title = entry ? t("interests.change_of", { payer: entry.payer }) : t("interests.declare");
  return (
    <Sheet title={title} onClose={onClose} foot={foot}>
      <form id={form} class="interests-form" onSubmit={keep} noValidate>
        <DeclareFields all={all} draft={draft} onChange={(changed) => setDraft({ ...draft, ...changed })} />
        <p class="field-error" role="alert" hidden={!wrong}>
          {wrong}
        </p>
      </form>
    </Sheet>
  );
}
