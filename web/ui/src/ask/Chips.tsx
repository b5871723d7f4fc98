import { useRef } from "preact/hooks";
import { Icon } from "../design/Icon.tsx";
import { t } from "../words/words.ts";
import "../words/more/ask.ts";

interface Props {
  chosen: readonly string[];
  labelOf: (value: string) => string;
  onRemove: (value: string) => void;
}

/** What is chosen; a tap takes it away, and the focus goes to what stands in its place. */
export function Chips({ chosen, labelOf, onRemove }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const remove = (value: string, at: number) => {
    const buttons = [...(list.current?.querySelectorAll("button") ?? [])];
    const box = list.current?.parentElement?.querySelector("input");
    (buttons[at + 1] ?? buttons[at - 1] ?? box)?.focus();
    onRemove(value);
  };
  if (chosen.length === 0) return null;
  return (
    <ul ref={list} class="chips">
      {chosen.map((value, at) => (
        <li key={value}>
          <button
            type="button"
            class="chip"
            aria-label={t("ask.remove", { what: labelOf(value) })}
            onClick={() => remove(value, at)}
          >
            <span class="chip-name">{labelOf(value)}</span>
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}
