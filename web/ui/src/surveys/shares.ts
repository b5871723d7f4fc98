import type { Results, Told } from "./offered.ts";

/** The group of those that are told together only. */
export const REST = "*";

/** What may be looked at, all together first: where that may not be told, the groups alone. */
export function toldIn({ groups, all }: Results): readonly Told[] {
  return all === null ? groups : [all, ...groups];
}

/** Which part of `people` a count is, 0 to 1. */
export function partOf(count: number, people: number): number {
  return people === 0 ? 0 : count / people;
}
