import { useEffect, useRef } from "preact/hooks";
import { t } from "../words/words.ts";
import type { usePicker } from "./usePicker.ts";
import "../words/more/ask.ts";

/** What a picker offers for what is typed. It stays in sight, and so does the option that Enter takes. */
export function Offered({ id, label, pick }: { id: string; label: string; pick: ReturnType<typeof usePicker> }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!pick.open) return;
    box.current?.scrollIntoView({ block: "nearest" });
    box.current?.children[pick.at]?.scrollIntoView({ block: "nearest" });
  }, [pick.open, pick.at]);
  return (
    <div ref={box} id={id} class="picker-list" role="listbox" aria-label={label} hidden={!pick.open}>
      {pick.offers.map((option, at) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the box's, where the focus stays.
        <div
          key={option.value}
          id={`${id}-${at}`}
          role="option"
          tabIndex={-1}
          aria-selected={at === pick.at}
          class="picker-option"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => pick.add(option.value)}
        >
          {option.own ? t("ask.add_free", { what: option.label }) : option.label}
        </div>
      ))}
    </div>
  );
}
