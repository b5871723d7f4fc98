/** From, up to, and the rule that found something there. In Unicode code points, as the wire counts. */
export type Span = readonly [number, number, string];

/** What stands at `span`. */
export function at(text: string, [from, to]: Span): string {
  return [...text].slice(from, to).join("");
}
