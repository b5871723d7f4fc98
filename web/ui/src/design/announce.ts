/** What a screen reader is told without being asked: one thing at a time, the newest last. */
import { signal } from "@preact/signals";

export const announced = signal("");

/** Say `text` politely. The same text twice is said twice. */
export function announce(text: string): void {
  announced.value = announced.peek() === text ? `${text}\u00a0` : text;
}
