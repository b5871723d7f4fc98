import { Button } from "../../design/Button.tsx";
import { Field } from "../../design/Field.tsx";
import { Person } from "../../design/Person.tsx";
import { said, t } from "../../words/words.ts";
import type { Seeking } from "./useSeeking.ts";
import "./seek.css";
import "../../words/more/paging.ts";

/** The handle of whom one wants, and who that is. */
export function SeekField({ seeking: { handle, found, wrong, write, seek } }: { seeking: Seeking }) {
  return (
    <div class="seek">
      <Field
        label={t("paging.seek")}
        hint={t("paging.seek_hint")}
        error={wrong}
        value={handle}
        maxLength={65}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        onInput={(event) => write(event.currentTarget.value)}
      />
      {found ? (
        <p class="act-fact">{said("paging.seek_found", { who: <Person by={found} /> })}</p>
      ) : (
        <Button onClick={() => void seek()}>{t("paging.seek_do")}</Button>
      )}
    </div>
  );
}
