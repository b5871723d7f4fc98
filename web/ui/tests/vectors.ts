import { readFileSync } from "node:fs";

/** The vectors of `name`, to which the server is held too. */
export function vectors<T>(name: string): readonly T[] {
  return JSON.parse(readFileSync(new URL(`../../../tests/vectors/${name}.json`, import.meta.url), "utf8"));
}
