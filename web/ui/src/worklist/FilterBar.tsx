import type { RefObject } from "preact";
import { SearchBox } from "../design/SearchBox.tsx";
import { t } from "../words/words.ts";
import { choose, filter } from "./filter.ts";
import "./filterbar.css";

interface Props {
  /** The reader's specialty, if they have one. */
  own: string;
  box: RefObject<HTMLInputElement | null>;
  onDown: () => void;
}

/** Narrow the list by words, or to one's own specialty. */
export function FilterBar({ own, box, onDown }: Props) {
  const { words, mine } = filter.value;
  return (
    <search class="filterbar">
      <SearchBox
        box={box}
        label={t("worklist.filter")}
        hint={t("worklist.filter_hint")}
        value={words}
        onInput={(typed) => choose({ words: typed, mine })}
        onDown={onDown}
      />
      {own && (
        <label class="filterbar-mine">
          <input
            type="checkbox"
            checked={mine}
            onChange={(event) => choose({ words, mine: event.currentTarget.checked })}
          />
          {t("worklist.mine")}
        </label>
      )}
    </search>
  );
}
