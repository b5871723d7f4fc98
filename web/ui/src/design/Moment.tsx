import { exactTime, span, timeOfDay } from "../words/format.ts";
import { now } from "./tick.ts";

/** The time of day; the whole of it in the tooltip. `at` is Unix ms. */
export function Moment({ at }: { at: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={exactTime(at)}>
      {timeOfDay(at)}
    </time>
  );
}

/** How long ago, moving on by itself: "12 min". */
export function Since({ at }: { at: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={exactTime(at)}>
      {span(now.value - at)}
    </time>
  );
}
