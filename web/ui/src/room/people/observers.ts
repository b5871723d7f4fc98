import type { ObserverSwitch, ObserversHere } from "../../wire/frames.ts";
import { list, number } from "../../words/format.ts";
import { known, t } from "../../words/words.ts";
import "../../words/more/room.ts";
import "../../words/more/people.ts";

/** Who observes, in words: "2 observers: 1 pharma and 1 research. They see it 60 s later." */
export function observersIn(observers: ObserversHere): string {
  if (observers.mode === "off") return t("room.people_observers_off");
  return `${listening(observers)} ${seeing(observers)}`;
}

/** How many listen now, and of which kinds. */
export function listening({ total, kinds }: ObserversHere): string {
  if (total === 0) return t("room.people_observers_none");
  const each = Object.entries(kinds).map(([kind, count]) =>
    t("room.people_kind", { count: number(count), kind: kindOf(kind) }),
  );
  return t("room.people_observers", { count: total, kinds: list(each) });
}

function seeing({ mode, delay_s, total }: ObserversHere): string {
  if (mode === "live") return t(total === 0 ? "room.people_would_live" : "room.people_live");
  return t(total === 0 ? "room.people_would_delayed" : "room.people_delayed", { seconds: delay_s });
}

/** What a kind of institution is called. */
export function kindOf(kind: string): string {
  const word = `people.kind_${kind}`;
  return known(word) ? t(word) : kind.replaceAll("_", " ");
}

/** Kinds of institutions, in the words of the wire. */
export type InstitutionKind = NonNullable<ObserverSwitch["allow_kinds"]>[number];

/** What one institution was shown of a case; the newest range first. */
export interface Observed {
  readonly institution: string;
  readonly kind: string;
  readonly people: number;
  readonly now: number;
  readonly exported: boolean;
  readonly ranges: readonly { readonly upto: number; readonly began_at: number }[];
}
