/** A short while as a clock shows it. */
import { intl } from "./locale.ts";

const whole = new Intl.NumberFormat(intl, { useGrouping: false });
const padded = new Intl.NumberFormat(intl, { minimumIntegerDigits: 2 });

/** Ms as minutes and seconds that are left, a second that has begun as a whole one: "1:20"; none of what is over. */
export function minutes(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  return `${whole.format(Math.floor(seconds / 60))}:${padded.format(seconds % 60)}`;
}
