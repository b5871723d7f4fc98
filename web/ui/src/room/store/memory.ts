/** What this device remembers for a person between visits. What cannot be kept is forgotten. */
export interface Memory {
  get(key: string): string | null;
  set(key: string, value: string): void;
}

/** How the keys begin under which this device remembers how far its people have read. */
export const SEEN = "curbside.seen.";
