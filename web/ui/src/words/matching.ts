/** Whether a text answers to what somebody types to find it: whatever the accents, the case, and whose spelling. */

/** `text` without accents and capitals; British and American spellings are the same: paediatrics, pediatrics. */
export function folded(text: string): string {
  const plain = text.normalize("NFD").replace(/\p{Mark}/gu, "");
  return plain.toLowerCase().replace(/ae|oe/g, "e");
}

/** Whether each word of `typed` begins a word of `text`. Nothing typed: everything answers. */
export function answers(text: string, typed: string): boolean {
  const words = wordsOf(text);
  return wordsOf(typed).every((begun) => words.some((word) => word.startsWith(begun)));
}

function wordsOf(text: string): string[] {
  return folded(text)
    .split(/[^\p{Letter}\p{Number}]+/u)
    .filter(Boolean);
}
