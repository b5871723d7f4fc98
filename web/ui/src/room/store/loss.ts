import type { Loaded } from "./loaded.ts";
import { compared } from "./log.ts";
import type { WentBack } from "./store.ts";

/**
 * What was shown of `earlier` and is not in `later`, which the server has instead.
 *
 * Null where `later` is nothing but shorter and `may_lag`: observers are told less while their delay grows.
 */
export function loss(earlier: Loaded, later: Loaded, may_lag: boolean): WentBack | null {
  const { shared, lost } = compared(earlier.log, later.log);
  if (may_lag && shared === later.log.seq) return null;
  const gone = new Set(lost);
  const items = earlier.timeline.items.filter(({ key }) => gone.has(key));
  return {
    events: lost.length,
    posts: items.flatMap((item) => (item.is === "post" ? [item.post] : [])),
    notes: items.flatMap((item) => (item.is === "note" ? [item.entry] : [])),
  };
}

/** Two losses of which nobody has taken notice yet. */
export function together(one: WentBack | null, other: WentBack | null): WentBack | null {
  if (one === null || other === null) return one ?? other;
  return {
    events: one.events + other.events,
    posts: [...one.posts, ...other.posts],
    notes: [...one.notes, ...other.notes],
  };
}
