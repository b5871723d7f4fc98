/** Light, dark, or as the device is; kept for this device. */
import { signal } from "@preact/signals";

const KEY = "curbside.theme";
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

export const theme = signal<Theme>(kept());

/** Choose, show and keep it. */
export function choose(chosen: Theme): void {
  theme.value = chosen;
  show();
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    // Without storage the choice lasts for this page.
  }
}

/** Put the choice on the page. */
export function show(): void {
  const root = document.documentElement;
  if (theme.value === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = theme.value;
}

function kept(): Theme {
  try {
    const chosen = localStorage.getItem(KEY);
    return THEMES.find((one) => one === chosen) ?? "system";
  } catch {
    return "system";
  }
}
