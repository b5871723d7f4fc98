const LEAST_LETTERS = 10;
const LEAST_DIFFERENT = 5;

/** Whether `text` can repeat a situation, as the server decides it: letters and digits of whatever script. */
export function readsBack(text: string): boolean {
  const letters = text.toLowerCase().match(/[\p{L}\p{N}]/gu) ?? [];
  return letters.length >= LEAST_LETTERS && new Set(letters).size >= LEAST_DIFFERENT;
}
