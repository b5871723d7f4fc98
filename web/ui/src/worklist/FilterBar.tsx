import type { RefObject } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { later, Over } from "../design/later.tsx";
import { SearchBox } from "../design/SearchBox.tsx";
import { t } from "../words/words.ts";
import { choose, filter, withSpecialty } from "./filter.ts";
import "./filterbar.css";
import "../words/more/worklist.ts";

const FilterSheet = later(() => import("./FilterSheet.tsx").then((file) => file.FilterSheet), Over);

interface Props {
  /** The reader's specialty, if they have one. */
  own: string;
  box: RefObject<HTMLInputElement | null>;
  onDown: () => void;
}

/** Narrow the list by words, to one's own specialty, or to some specialties and languages. */
export function FilterBar({ own, box, onDown }: Props) {
  const [open, setOpen] = useState(false);
  const chosen = filter.value;
  return (
    <search class="filterbar">
      <SearchBox
        box={box}
        label={t("worklist.filter")}
        hint={t("worklist.filter_hint")}
        value={chosen.words}
        onInput={(words) => choose({ ...chosen, words })}
        onDown={onDown}
      />
      {own && (
        <label class="filterbar-mine">
          <input
            type="checkbox"
            checked={chosen.specialties.includes(own)}
            onChange={(event) => choose(withSpecialty(chosen, own, event.currentTarget.checked))}
          />
          {t("worklist.mine")}
        </label>
      )}
      <Button icon="filter" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {t("worklist.narrow")}
      </Button>
      {open && <FilterSheet onClose={() => setOpen(false)} />}
    </search>
  );
}
