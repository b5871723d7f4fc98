import { useState } from "preact/hooks";
import { Field } from "../design/Field.tsx";
import { t } from "../words/words.ts";
import { FormSheet } from "./FormSheet.tsx";
import type { Kept, RosterStore } from "./store.ts";
import "../words/more/rosters.ts";

/** For moderators: who keeps the rosters of an institution. */
export function KeepersSheet({ store, kept, onClose }: { store: RosterStore; kept: Kept; onClose: () => void }) {
  const [handles, setHandles] = useState(kept.keepers.join(" "));
  return (
    <FormSheet
      title={t("rosters.keepers_title", { institution: kept.institution })}
      word={t("rosters.keepers_change")}
      send={() => store.nameKeepers(kept.institution, handles.split(/[\s,;]+/).filter(Boolean))}
      onClose={onClose}
    >
      {(wrong) => (
        <Field
          label={t("rosters.keepers_handles")}
          hint={t("rosters.keepers_hint")}
          error={wrong}
          value={handles}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => setHandles(event.currentTarget.value)}
        />
      )}
    </FormSheet>
  );
}
