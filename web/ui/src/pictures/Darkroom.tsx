import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { IconButton } from "../design/Button.tsx";
import { t } from "../words/words.ts";
import "./darkroom.css";

interface Props {
  title: string;
  onClose: () => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  children: ComponentChildren;
  foot?: ComponentChildren;
}

/** All of the screen for a picture, on black as radiographs are read. The focus stays in it; Escape closes it. */
export function Darkroom({ title, onClose, onKeyDown, children, foot }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      dialog.current?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const keys = (event: KeyboardEvent) => {
    // The keys of the room below are not meant.
    event.stopPropagation();
    onKeyDown?.(event);
  };
  return (
    <dialog ref={dialog} class="darkroom" aria-labelledby={heading} onCancel={onClose} onKeyDown={keys}>
      <div class="darkroom-page">
        <header class="darkroom-head">
          <h2 id={heading} aria-live="polite">
            {title}
          </h2>
          <IconButton icon="close" name={t("common.close")} onClick={onClose} />
        </header>
        {children}
        {foot && <footer class="darkroom-foot">{foot}</footer>}
      </div>
    </dialog>
  );
}
