/** Which languages of a case are worth a word: those that the reader's browser does not name. */

/** `languages`, unless one of them is the reader's: then they understand each other. */
export function foreign(languages: readonly string[], own: readonly string[] = navigator.languages): readonly string[] {
  const spoken = new Set(own.map(base));
  return languages.some((tag) => spoken.has(base(tag))) ? [] : languages;
}

function base(tag: string): string {
  return tag.split("-")[0]?.toLowerCase() ?? tag;
}
