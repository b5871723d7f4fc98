/** What the server says and takes of being reached, over HTTP. Times are Unix ms; hours go by the clock of `zone`. */

export interface Span {
  readonly begins: string;
  readonly ends: string;
}

/** `day`: 1 is Monday. */
export interface WeeklySpan extends Span {
  readonly day: number;
}

export interface Profile {
  readonly specialties: readonly string[];
  readonly languages: readonly string[];
  readonly zone: string;
  /** None: at any time. */
  readonly hours: readonly WeeklySpan[];
  readonly quiet: Span | null;
  readonly undisturbed_until: number | null;
  readonly per_hour: number | null;
  readonly stat_through: boolean;
}

export interface Shift {
  readonly institution: string;
  readonly roster: string;
  readonly specialty: string;
  readonly starts_at: number;
  readonly ends_at: number;
}

export interface Reach {
  readonly profile: Profile | null;
  /** The one of the account. */
  readonly specialty: string;
  readonly most_per_hour: number;
  readonly shifts: readonly Shift[];
  /** The institutions whose rosters one keeps. */
  readonly keeps: readonly string[];
}

/** Until one says otherwise. */
export const FOR_EVER_MS = 253_402_214_400_000;

/** What is in force for who has said nothing, in this time zone. */
export function unsaid(zone: string): Profile {
  return {
    specialties: [],
    languages: [],
    zone,
    hours: [],
    quiet: null,
    undisturbed_until: null,
    per_hour: null,
    stat_through: false,
  };
}
