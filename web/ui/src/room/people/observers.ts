import type { ObserversHere } from "../../wire/frames.ts";
import { list, number } from "../../words/format.ts";
import { known, t } from "../../words/words.ts";

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

/** A kind of institution in words. */
export function kindOf(kind: string): string {
  const word = `common.kind_${kind}`;
  return known(word) ? t(word) : kind.replaceAll("_", " ");
}
