import { useId, useRef, useState } from "preact/hooks";
import { announce } from "../design/announce.ts";
import { Button, ButtonLink } from "../design/Button.tsx";
import { t } from "../words/words.ts";
import type { Roster, RosterStore } from "./store.ts";
import "../words/more/rosters.ts";

/** Shifts as a spreadsheet has them: there and back. */
export function FileForm({ store, roster }: { store: RosterStore; roster: Roster }) {
  const id = useId();
  const file = useRef<HTMLInputElement>(null);
  const [replace, setReplace] = useState(false);
  const [says, setSays] = useState<string>();
  const bring = async (chosen: File | undefined) => {
    if (!chosen) return;
    const wrong = await store.bring(roster.id, chosen, replace, (count) => {
      const done = t("rosters.import_done", { count });
      setSays(done);
      announce(done);
    });
    if (wrong) setSays(wrong);
    if (file.current) file.current.value = "";
  };
  return (
    <section class="rosters-form rosters-part">
      <h3>{t("rosters.import")}</h3>
      <p id={id} class="rosters-note">
        {t("rosters.import_hint")}
      </p>
      <label class="tick">
        <input type="checkbox" checked={replace} onChange={() => setReplace(!replace)} />
        {t("rosters.import_replace")}
      </label>
      <p role="status">{says}</p>
      <div class="rosters-acts">
        <input
          ref={file}
          type="file"
          accept=".csv,text/csv"
          hidden
          onChange={(event) => void bring(event.currentTarget.files?.[0])}
        />
        <Button aria-describedby={id} onClick={() => file.current?.click()}>
          {t("rosters.import")}
        </Button>
        <ButtonLink href={`/api/rosters/${roster.id}/file`}>{t("rosters.export")}</ButtonLink>
      </div>
    </section>
  );
}
