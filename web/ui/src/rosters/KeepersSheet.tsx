import { useId, useState } from "preact/hooks";
import { announce } from "../design/announce.ts";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { Sheet } from "../design/Sheet.tsx";
import { useSubmit } from "../design/useSubmit.ts";
import { t } from "../words/words.ts";
import type { Kept, RosterStore } from "./store.ts";
import "../words/more/rosters.ts";

/** For moderators: who keeps the rosters of an institution. */
export function KeepersSheet({ store, kept, onClose }: { store: RosterStore; kept: Kept; onClose: () => void }) {
  const form = useId();
  const [handles, setHandles] = useState(kept.keepers.join(" "));
  const [wrong, setWrong] = useState<string>();
  const name = useSubmit(async () => {
    const says = await store.nameKeepers(kept.institution, handles.split(/[\s,;]+/).filter(Boolean));
    setWrong(says);
    if (says !== undefined) return;
    announce(t("rosters.done"));
    onClose();
  });
  const foot = (
    <>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button look="next" type="submit" form={form}>
        {t("rosters.keepers_change")}
      </Button>
    </>
  );
  return (
    <Sheet title={t("rosters.keepers_title", { institution: kept.institution })} onClose={onClose} foot={foot}>
      <form id={form} class="rosters-form" onSubmit={name} noValidate>
        <Field
          label={t("rosters.keepers_handles")}
          hint={t("rosters.keepers_hint")}
          error={wrong}
          value={handles}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => setHandles(event.currentTarget.value)}
        />
      </form>
    </Sheet>
  );
}
