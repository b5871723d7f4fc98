import type { Shelf } from "../../src/ask/draft.ts";
import { blank, type Fields } from "../../src/ask/fields.ts";

/** A place like `localStorage`, as full as `room` says. */
export function shelf(room = Number.POSITIVE_INFINITY): Shelf & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    getItem: (key) => texts.get(key) ?? null,
    removeItem: (key) => void texts.delete(key),
    setItem: (key, text) => {
      if (text.length > room) throw new DOMException("full", "QuotaExceededError");
      texts.set(key, text);
    },
  };
}

export const EMPTY = blank(["en-GB", "sw"], null);

/** A form that can be sent. */
export const FULL: Fields = {
  ...EMPTY,
  title: "Chest pain",
  acuity: "stat",
  specialties: ["cardiology"],
  situation: "For two hours.",
  assessment: "Maybe an infarction.",
  request: "Lysis or transfer?",
};
