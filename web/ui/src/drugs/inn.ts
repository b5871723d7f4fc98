/** The INN of drugs that a text names otherwise, from the server's own file of names. */
import file from "../../../../realtime/rooms/drugs/inn.json";

/** By INN the first other name that a text has for it, as it is written there. */
export type Glossary = ReadonlyMap<string, string>;

/** A place in a text, in UTF-16, where a drug is named, and its `inn`. */
export interface Named {
  readonly from: number;
  readonly to: number;
  readonly inn: string;
}

const drugs: Readonly<Record<string, readonly string[]>> = file.drugs;
const innOf = new Map(
  Object.entries(drugs).flatMap(([inn, names]) => [inn, ...names].map((name) => [name.toLowerCase(), inn] as const)),
);
// The longest name that fits: "glyceryl trinitrate" is one.
const names = [...innOf.keys()].sort((one, other) => other.length - one.length).map(escaped);
const find = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${names.join("|")})(?![\\p{L}\\p{N}_])`, "giu");

/** Where `text` names a drug by any of its names, in order. */
export function mentioned(text: string): Named[] {
  return [...text.matchAll(find)].flatMap((match) => {
    const inn = innOf.get(match[0].toLowerCase());
    return inn === undefined ? [] : [{ from: match.index, to: match.index + match[0].length, inn }];
  });
}

/** Where `text` names a drug otherwise than by its INN, in order. */
export function named(text: string): Named[] {
  return mentioned(text).filter(({ from, to, inn }) => text.slice(from, to).toLowerCase() !== inn.toLowerCase());
}

/** Each drug once, in the order of the text. */
export function glossary(text: string): Glossary {
  const found = new Map<string, string>();
  for (const { from, to, inn } of named(text)) if (!found.has(inn)) found.set(inn, text.slice(from, to));
  return found;
}

function escaped(name: string): string {
  return name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
