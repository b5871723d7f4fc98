import type { RefObject } from "preact";
import { Icon } from "./Icon.tsx";
import "./field.css";
import "./searchbox.css";

interface Props {
  label: string;
  hint: string;
  value: string;
  onInput: (value: string) => void;
  /** Into the list below: by Enter or the arrow. */
  onDown: () => void;
  box?: RefObject<HTMLInputElement | null>;
}

/** A field that narrows a list. Escape empties it. */
export function SearchBox({ label, hint, value, onInput, onDown, box }: Props) {
  const keys: Record<string, () => void> = { Enter: onDown, ArrowDown: onDown, Escape: () => onInput("") };
  return (
    <div class="searchbox">
      <Icon name="search" />
      <input
        ref={box ?? null}
        type="search"
        class="field-box"
        value={value}
        aria-label={label}
        aria-keyshortcuts="/"
        placeholder={hint}
        autocomplete="off"
        spellcheck={false}
        enterkeyhint="search"
        onInput={(event) => onInput(event.currentTarget.value)}
        onKeyDown={(event) => pressed(event, keys[event.key])}
      />
    </div>
  );
}

function pressed(event: KeyboardEvent, act: (() => void) | undefined): void {
  if (!act || event.isComposing) return;
  event.preventDefault();
  act();
}
