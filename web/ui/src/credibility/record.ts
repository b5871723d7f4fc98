/** The record of a person as the server tells it: all of it to oneself and moderators, a word to colleagues. */
import type { Api } from "../http/api.ts";

export const KINDS = ["opinion", "advice", "stance"] as const;
export type Kind = (typeof KINDS)[number];
export type Place = "above" | "about" | "below";
/** Of fewer nothing is told to colleagues. */
export const LEAST = 10;

/** Probabilities from `low` to below `low` + 0.1: how many, their mean, and how many of them were so. */
export interface Bin {
  readonly low: number;
  readonly n: number;
  readonly mean: number;
  readonly hits: number;
}

export interface Told {
  readonly specialty: string;
  readonly kind: Kind;
  readonly n: number;
  readonly place: Place;
}

export interface Standing extends Told {
  readonly mean: number;
  readonly shrunk: number;
  readonly alpha: number;
  readonly beta: number;
  readonly bins: readonly Bin[];
}

export interface Whole {
  readonly handle: string;
  readonly standings: readonly Standing[];
  readonly independent_peers: number;
  readonly merit: boolean;
}

export interface Short {
  readonly handle: string;
  readonly standings: readonly Told[];
  readonly independent_peers: number | null;
}

/**
 * What was said with `event` of `room`, as the event `outcome` made it turn out. `score` in thousandths; `forecasts`: a
 * probability, and whether it was so.
 */
export interface Item {
  readonly room: string;
  readonly event: string;
  readonly outcome: string;
  readonly kind: Kind;
  readonly specialty: string;
  readonly at: number;
  readonly score: number;
  readonly forecasts: readonly (readonly [number, boolean])[];
}

export interface Items {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** Where an event of a case that is over is read. */
export const placeOf = (room: string, event: string): string => `/archive/${room}#${event}`;

type Get = Pick<Api, "get">;
/** Whose record: one's own, or of whom a moderator looks at. */
export type Whose = { readonly own: true } | { readonly own: false; readonly person: string };

export const whole = (api: Get, whose: Whose, signal: AbortSignal): Promise<Whole> =>
  api.get<Whole>(path(whose), { signal });

export const short = (api: Get, person: string, signal: AbortSignal): Promise<Short> =>
  api.get<Short>(`/api/credibility/${encodeURIComponent(person)}`, { signal });

export const items = (api: Get, whose: Whose, before: string | null): Promise<Items> =>
  api.get<Items>(`${path(whose)}/items${before ? `?${new URLSearchParams({ before })}` : ""}`);

/** By specialty, in the order in which the server tells them; within one, opinions first. */
export function bySpecialty<T extends Told>(standings: readonly T[]): readonly (readonly [string, readonly T[]])[] {
  const found = new Map<string, T[]>();
  for (const one of standings) found.set(one.specialty, [...(found.get(one.specialty) ?? []), one]);
  return [...found].map(([specialty, of]) => [
    specialty,
    of.sort((one, other) => KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind)),
  ]);
}

function path(whose: Whose): string {
  return whose.own ? "/api/me/credibility" : `/api/moderation/people/${encodeURIComponent(whose.person)}/credibility`;
}
