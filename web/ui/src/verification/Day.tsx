import { dateOf } from "../words/format.ts";

/** A date with its time of day. `at` is Unix ms. */
export function Day({ at }: { at: number }) {
  return (
    <time class="verify-day" dateTime={new Date(at).toISOString()}>
      {dateOf(at)}
    </time>
  );
}
