/** The rules as data, the server's own files: what stands where among classes of words. */
import ruleFile from "../../../../realtime/rooms/identifiers/rules.json";
import wordFile from "../../../../realtime/rooms/identifiers/words.json";

/** One rule: what it finds (group 1, where there is one), and the check that a find must pass. */
export interface Rule {
  readonly rule: string;
  readonly find: RegExp;
  readonly check: string | undefined;
  /** One of these is in the line, or nothing is found. */
  readonly needs: readonly string[];
  /** No number stands right before a find. */
  readonly apart: boolean;
  /** What did not pass the check is left behind as a whole. */
  readonly skip: boolean;
}

/** How a type of reference is written. `unless`: one that this check takes for a find is none. */
export interface Form {
  readonly whole: RegExp;
  readonly unless: string | undefined;
}

interface Entry {
  readonly rule: string;
  readonly find: string;
  readonly check?: string;
  readonly needs?: readonly string[];
  readonly apart?: boolean;
  readonly skip?: boolean;
}

const MACROS: readonly (readonly [string, string])[] = Object.entries(ruleFile.macros).reverse();

function compiled(entries: readonly Entry[]): readonly Rule[] {
  return entries.map(({ rule, find, check, needs = [], apart = false, skip = false }) => {
    const whole = MACROS.reduce((text, [name, meaning]) => text.replaceAll(`{${name}}`, meaning), find);
    return { rule, find: new RegExp(whole, "dg"), check, needs, apart, skip };
  });
}

/** By word in lower case: its class when written with a capital, in lower case, in capitals. */
function classes(): ReadonlyMap<string, readonly [string, string, string]> {
  const found = new Map<string, readonly [string, string, string]>();
  for (const list of wordFile.lists) {
    const capitals = ("capitals" in list && list.capitals) || "U";
    for (const word of list.words.split(" ")) {
      if (word && !found.has(word)) found.set(word, [list.capital, list.lower, capitals]);
    }
  }
  return found;
}

export const WORDS = classes();
export const ENDINGS: readonly (readonly [string, string])[] = Object.entries(wordFile.endings);
export const STATES: ReadonlySet<string> = new Set(wordFile.sets.states.split(" "));
export const HOSTS: ReadonlySet<string> = new Set(wordFile.sets.hosts.split(" "));
/** Over the classes of a text's tokens. */
export const RULES = compiled(ruleFile.rules);
/** Over the text itself. */
export const RAW = compiled(ruleFile.raw);
/** References to the literature, by type of evidence. */
export const FORMS: ReadonlyMap<string, Form> = new Map(
  ruleFile.forms.map(({ type, form, unless }) => [type, { whole: new RegExp(`^(?:${form})$`), unless }]),
);
