/** In which units this reader reads: kept on this device, at first as is usual where their language is spoken. */
import { signal } from "@preact/signals";
import { intl } from "../words/locale.ts";
import { firstUnit, MEASURES } from "./catalogue.ts";

const KEY = "curbside.units";
/** Where another unit than the catalogue's first is usual (CLDR: measurement system US). */
const USUAL: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  US: { temperature: "[degF]", glucose: "mg/dL", weight: "[lb_av]" },
};

const chosen = signal<Readonly<Record<string, string>>>(read());

/** The unit in which `name` is read. */
export function unitFor(name: string): string {
  const unit = chosen.value[name] ?? USUAL[region()]?.[name];
  return MEASURES.get(name)?.units.find((one) => one.unit === unit)?.unit ?? firstUnit(name).unit;
}

/** Read `name` in `unit` from now on. */
export function choose(name: string, unit: string): void {
  chosen.value = { ...chosen.peek(), [name]: unit };
  try {
    localStorage.setItem(KEY, JSON.stringify(chosen.peek()));
  } catch {
    // Without storage it holds until the page is left.
  }
}

function region(): string {
  const tag = typeof navigator === "undefined" ? intl : navigator.language;
  return new Intl.Locale(tag).maximize().region ?? "";
}

function read(): Readonly<Record<string, string>> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
}
