/** Vital signs and triage in words. */
import type { Triage } from "../triage/suggestions.ts";
import type { Vital } from "../wire/frames.ts";
import { number } from "../words/format.ts";
import { known, t } from "../words/words.ts";
import { MEASURES } from "./catalogue.ts";
import { converted } from "./conversion.ts";
import "../words/more/vitals.ts";

/** "NEWS2 7, emergency", "ESI 2", "Orange, first seen within 10 minutes". */
export function triageIn(triage: Triage): string {
  if (triage.system === "ESI") return t("vitals.esi", { level: triage.value });
  if (triage.system === "NEWS2") {
    const score = t("vitals.news2", { score: triage.value });
    return triage.band && triage.band !== "zero" ? `${score} · ${t(`vitals.band_${triage.band}`)}` : score;
  }
  const colour = t(`vitals.colour_${triage.value}`);
  return triage.within_min === undefined ? colour : `${colour} · ${within(triage.within_min)}`;
}

/** What a vital sign is called. */
export function nameOf(name: string): string {
  const word = `vitals.${name}`;
  return known(word) ? t(word) : name;
}

/** A value with its unit, in `unit` where that is another than its own: "38.4 °C". */
export function valueIn(vital: Vital, unit = vital.unit): string {
  const symbol = MEASURES.get(vital.name)?.units.find((one) => one.unit === unit)?.symbol ?? unit;
  return `${number(converted(vital, unit))} ${symbol}`.trim();
}

/** "first seen within 10 minutes". */
export function within(minutes: number): string {
  return minutes === 0 ? t("vitals.at_once") : t("vitals.within", { count: minutes });
}
