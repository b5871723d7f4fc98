/** Walking a list with the keyboard. */

/** Put the focus on the next or previous of `stops`; from anywhere else on `first`. */
export function step(stops: readonly HTMLElement[], by: number, first = 0): void {
  const at = stops.indexOf(document.activeElement as HTMLElement);
  stops[at < 0 ? first : Math.max(0, Math.min(stops.length - 1, at + by))]?.focus();
}
