/** The acuity that goes with a triage: realtime/rooms/triage/suggestions.json. */
import data from "../../../../realtime/rooms/triage/suggestions.json";
import type { Acuity, Esi, Manchester, News2 } from "../wire/frames.ts";

export type Triage = News2 | Esi | Manchester;
export type Colour = Manchester["value"];
export const COLOURS: readonly Colour[] = ["red", "orange", "yellow", "green", "blue"];

const SUGGESTIONS: Readonly<Record<Triage["system"], Readonly<Record<string, string>>>> = {
  NEWS2: data.NEWS2,
  ESI: data.ESI,
  MTS: data.MTS,
};

/** Null where it suggests none. */
export function suggested(triage: Triage): Acuity | null {
  const key = triage.system === "NEWS2" ? (triage.band ?? "") : String(triage.value);
  return (SUGGESTIONS[triage.system][key] as Acuity | undefined) ?? null;
}
