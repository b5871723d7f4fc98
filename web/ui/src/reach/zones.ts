/** The time zones that this browser knows, and `own` first of all where it is another. */
export function zones(own: string): readonly (readonly [string, string])[] {
  const known = Intl.supportedValuesOf("timeZone");
  const all = known.includes(own) ? known : [own, ...known];
  return all.map((name) => [name, name.replaceAll("_", " ")] as const);
}
