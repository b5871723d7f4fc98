import type { Sanction, Wish } from "./desk.ts";

export type Kind = Sanction["kind"];
export type End = "hour" | "day" | "week" | "month" | "none";

const HOUR_MS = 3_600_000;
const LASTS_MS: Readonly<Record<Exclude<End, "none">, number>> = {
  hour: HOUR_MS,
  day: 24 * HOUR_MS,
  week: 7 * 24 * HOUR_MS,
  month: 30 * 24 * HOUR_MS,
};

export const KINDS: readonly Kind[] = ["warn", "mute", "suspend", "ban"];

/** How long such a sanction may last; nothing to choose for a warning and a ban. */
export function endsOf(kind: Kind | undefined): readonly End[] {
  if (kind === "mute") return ["hour", "day", "week", "month", "none"];
  return kind === "suspend" ? ["hour", "day", "week", "month"] : [];
}

/** What is asked of the server at `now_ms`. */
export function wishOf(person: string, kind: Kind, reason: string, end: End, now_ms: number): Wish {
  const wish = { person: person.trim(), kind, reason: reason.trim() };
  return end === "none" || !endsOf(kind).includes(end) ? wish : { ...wish, until: now_ms + LASTS_MS[end] };
}
