/** The diagnoses that can be found, the server's own file: realtime/rooms/opinions/icd10.json. */
import file from "../../../../../realtime/rooms/opinions/icd10.json";

export interface Found {
  readonly code: string;
  readonly dx: string;
}

const MOST_FOUND = 8;
const ALSO: Readonly<Record<string, readonly string[]>> = file.also;
const ALL = Object.entries(file.diagnoses).map(([code, dx]) => ({
  code,
  dx,
  words: plain([code, dx, ...(ALSO[code] ?? [])].join(" ")),
  begins: plain(dx),
}));

/** What has all the words of `typed`, each at the start of one of its own; the best first, at most eight. */
export function found(typed: string): readonly Found[] {
  const wanted = plain(typed);
  if (wanted.length < 2) return [];
  const parts = wanted.split(" ");
  return ALL.filter(({ words }) => parts.every((part) => words.startsWith(part) || words.includes(` ${part}`)))
    .sort((one, other) => rank(one.begins, wanted) - rank(other.begins, wanted))
    .slice(0, MOST_FOUND)
    .map(({ code, dx }) => ({ code, dx }));
}

function rank(begins: string, wanted: string): number {
  return begins.startsWith(wanted) ? 0 : 1;
}

/** Small letters without accents, and nothing but letters and digits, with single spaces between. */
function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
