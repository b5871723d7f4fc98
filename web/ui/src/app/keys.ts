/** Single keys that act, for those who keep their hands on the keyboard. They can be turned off (WCAG 2.1.4). */
import { signal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

const KEY = "curbside.keys";
/** What a key does; `false` when it did nothing, so that the browser does its own. */
export type Keys = Record<string, (event: KeyboardEvent) => unknown>;

export const enabled = signal(kept());

/** Turn single keys on or off, on this device. */
export function enable(on: boolean): void {
  enabled.value = on;
  try {
    localStorage.setItem(KEY, on ? "on" : "off");
  } catch {
    // Without storage the choice lasts for this page.
  }
}

/** Let `keys` act while the view is there and nothing lies over it. Not while somebody writes. */
export function useKeys(keys: Keys): void {
  // Before the view is painted: whoever sees it may press a key.
  useLayoutEffect(() => {
    const act = (event: KeyboardEvent) => pressed(keys, event);
    document.addEventListener("keydown", act);
    return () => document.removeEventListener("keydown", act);
  });
}

function pressed(keys: Keys, event: KeyboardEvent): void {
  if (!enabled.value || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (writes(event.target) || document.querySelector("dialog[open]")) return;
  const act = keys[event.key];
  if (act && act(event) !== false) event.preventDefault();
}

function writes(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName))
  );
}

function kept(): boolean {
  try {
    return localStorage.getItem(KEY) !== "off";
  } catch {
    return true;
  }
}
