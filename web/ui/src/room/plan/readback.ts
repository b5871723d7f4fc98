const LEAST_WORDS = 3;
const LEAST_LETTERS = 6;

/** Whether `text` can say anything again: `ok` cannot. Scripts that part no words are counted by their letters. */
export function restates(text: string): boolean {
  const words = new Set(text.toLowerCase().match(/[\p{L}\p{N}_]+/gu));
  const letters = text.match(/\p{Lo}/gu)?.length ?? 0;
  return words.size >= LEAST_WORDS || letters >= LEAST_LETTERS;
}
