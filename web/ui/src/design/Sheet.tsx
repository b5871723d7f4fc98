import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../words/words.ts";
import { IconButton } from "./Button.tsx";
import "./sheet.css";

interface Props {
  title: string;
  /** Absent where nothing but its own content can take the sheet away. */
  onClose?: () => void;
  children: ComponentChildren;
  /** Buttons that stay in sight below what scrolls. */
  foot?: ComponentChildren;
}

/** What lies over the page until it is closed: from the side, on a phone from below. The focus stays in it. */
export function Sheet({ title, onClose, children, foot }: Props) {
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
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the sheet closes it; the keyboard has Escape.
    <dialog
      ref={dialog}
      class="sheet"
      aria-labelledby={heading}
      onCancel={onClose ?? stay}
      onClose={onClose ? undefined : reopened}
      onClick={onClose && beside(onClose)}
    >
      <div class="sheet-page">
        <header class="sheet-head">
          <h2 id={heading}>{title}</h2>
          {onClose && <IconButton icon="close" name={t("common.close")} onClick={onClose} />}
        </header>
        <div class="sheet-body">{children}</div>
        {foot && <footer class="sheet-foot">{foot}</footer>}
      </div>
    </dialog>
  );
}

function stay(event: Event): void {
  event.preventDefault();
}

/** Browsers close a dialog that was asked twice, whatever it answered. */
function reopened({ currentTarget: dialog }: Event): void {
  if (dialog instanceof HTMLDialogElement && dialog.isConnected && !dialog.open) dialog.showModal();
}

function beside(onClose: () => void) {
  return (event: MouseEvent) => {
    if (event.target === event.currentTarget) onClose();
  };
}
