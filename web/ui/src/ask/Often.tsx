import { Icon } from "../design/Icon.tsx";
import { t } from "../words/words.ts";
import "../words/more/ask.ts";

/** What is asked most: one tap each. */
export function Often({
  values,
  labelOf,
  add,
}: {
  values: readonly string[];
  labelOf: (value: string) => string;
  add: (value: string) => void;
}) {
  if (values.length === 0) return null;
  return (
    <ul class="chips" aria-label={t("ask.quick")}>
      {values.map((value) => (
        <li key={value}>
          <button type="button" class="chip chip-offered" onClick={() => add(value)}>
            <Icon name="ask" />
            {labelOf(value)}
          </button>
        </li>
      ))}
    </ul>
  );
}
