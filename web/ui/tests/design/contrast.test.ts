import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync(new URL("../../src/design/tokens.css", import.meta.url), "utf8");
const usual = colours(css.slice(0, css.indexOf("prefers-contrast")));
const more = new Map([...usual, ...colours(css.slice(css.indexOf("prefers-contrast")))]);
const SIDES = { light: 0, dark: 1 } as const;

// What is written on what: text, ground.
const TEXTS: [string, string][] = [
  ...["ink", "ink-2", "ink-3", "accent", "stat", "agree", "dispute", "unsaid"].flatMap((text): [string, string][] => [
    [text, "page"],
    [text, "surface"],
    [text, "sunken"],
  ]),
  ["on-accent", "accent"],
  ["on-accent", "accent-hover"],
  ["ink", "accent-soft"],
  ["ink-2", "accent-soft"],
  ...["accent", "stat", "asap", "urgent", "routine", "agree", "dispute", "warn"].map((name): [string, string] => [
    name,
    `${name}-soft`,
  ]),
];

describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
  test.each(TEXTS)("%s on %s can be read", (text, ground) => {
    expect(contrast(usual, theme, text, ground)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(TEXTS)("%s on %s can be read by those who want more contrast", (text, ground) => {
    expect(contrast(more, theme, text, ground)).toBeGreaterThanOrEqual(7);
  });

  test.each(["page", "surface", "sunken"])("the edge of what can be used stands out from %s", (ground) => {
    expect(contrast(usual, theme, "line-strong", ground)).toBeGreaterThanOrEqual(3);
  });
});

function colours(text: string): Map<string, [string, string]> {
  const found = text.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g);
  return new Map([...found].map(([, name, light, dark]) => [name as string, [light as string, dark as string]]));
}

function contrast(set: Map<string, [string, string]>, theme: keyof typeof SIDES, text: string, ground: string): number {
  const [dark, light] = [text, ground]
    .map((name) => luminance((set.get(name) as [string, string])[SIDES[theme]] as string))
    .sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
