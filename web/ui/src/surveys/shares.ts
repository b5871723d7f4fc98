import type { Results, Told } from "./offered.ts";

/** The group of those that are told together only. */
export const REST = "*";

/** What may be looked at, all together first: where that may not be told, the groups alone. */
export function toldIn({ groups, all }: Results): readonly Told[] {
  return all === null ? groups : [all, ...groups];
}
