/** What dead pages left: their commands go on from here. */

import { effect } from "@preact/signals";
import type { Life } from "./life.ts";
import type { Shelf } from "./shelf.ts";

/** Have the page `instance` adopt the rows of every page on `shelf` that it outlives. Returns what ends it. */
export function inherit(instance: string, shelf: Shelf, life: Life): () => void {
  const awaited = new Set<string>();
  const adopt = async (other: string) => {
    awaited.add(other);
    try {
      await life.outlived(other);
      await shelf.adopt(other, instance);
    } catch {
      // This page ended first.
    } finally {
      awaited.delete(other);
    }
  };
  return effect(() => {
    const others = new Set(shelf.rows.value.map((row) => row.instance));
    others.delete(instance);
    for (const other of others) if (!awaited.has(other)) void adopt(other);
  });
}
