/** A poll as it is written. */

export const FEWEST = 2;
export const MOST = 10;

export interface Question {
  readonly question: string;
  readonly options: readonly string[];
  readonly multiple: boolean;
}

/** What is sent of it: without the options that were left empty. */
export function filled({ question, options, multiple }: Question) {
  return { question: question.trim(), options: options.map((option) => option.trim()).filter(Boolean), multiple };
}

/** What is to be mended before it is sent, if anything. */
export function wrongWith(asked: Question): "few" | "same" | undefined {
  const { options } = filled(asked);
  if (options.length < FEWEST) return "few";
  const said = new Set(options.map((option) => option.toLowerCase().split(/\s+/).join(" ")));
  return said.size < options.length ? "same" : undefined;
}

/** Its texts by field, as the gate names them. */
export function textsOf({ question, options }: Pick<Question, "question" | "options">): Record<string, string> {
  return { question, ...Object.fromEntries(options.map((option, n) => [`options.${n}`, option])) };
}

/** `options` with another text in one place. */
export function placed(options: readonly string[], place: number, text: string): readonly string[] {
  return options.map((option, n) => (n === place ? text : option));
}
