import type { Memory } from "../room/store/memory.ts";

/** What this browser keeps for its pages. Where it keeps nothing (a private window, a full disk) all is new each time. */
export interface PageMemory extends Memory {
  /** Forget all whose key begins so. */
  forget(beginning: string): void;
}

/** The memory that `storage` is, which may refuse everything. */
export function memoryOf(storage: () => Storage): PageMemory {
  return {
    get: (key) => tried(() => storage().getItem(key)) ?? null,
    set: (key, value) => tried(() => storage().setItem(key, value)),
    forget: (beginning) =>
      tried(() => {
        const kept = storage();
        const keys = Array.from({ length: kept.length }, (_, n) => kept.key(n) ?? "");
        for (const key of keys) if (key.startsWith(beginning)) kept.removeItem(key);
      }),
  };
}

function tried<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
