import type { MORE } from "./drawings.ts";

/** Drawn on a 24 px grid, 1.8 px lines. Each stands beside a word, or its button has a name. Others are in `drawings.ts`. */
const FIRST = {
  close: "M6 6l12 12M18 6L6 18",
  menu: "M4 7h16M4 12h16M4 17h16",
  ask: "M12 5v14M5 12h14",
  list: "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01",
  archive: "M4 5h16v4H4zM6 9v10h12V9M10 13h4",
  check: "M5 12.5l4.5 4.5L19 7.5",
  down: "M6 9l6 6 6-6",
  up: "M6 15l6-6 6 6",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM20 20l-4-4",
  alert: "M12 4l9 16H3zM12 10v4M12 17h.01",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20a7.5 7.5 0 0 1 15 0",
  bell: "M6 17V11a6 6 0 0 1 12 0v6l1.5 1.5h-15zM10 21.5h4",
  filter: "M4 6h16M7 12h10M10 18h4",
} as const;

export type IconName = keyof typeof FIRST | keyof typeof MORE;

/** Those that are here. */
export const PATHS: Partial<Record<IconName, string>> = { ...FIRST };

export function Icon({ name }: { name: IconName }) {
  const mirrored = name === "back" || name === "reply" || name === "send";
  return (
    <svg class={mirrored ? "icon icon-turns" : "icon"} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
