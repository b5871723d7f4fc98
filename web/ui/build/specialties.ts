import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const FILE = new URL("../../../realtime/rooms/specialties.json", import.meta.url);
const NAME = /^virtual:specialties\/(name|also)$/;

interface Specialty {
  readonly code: string;
  readonly name: string;
  readonly also?: string;
}

/**
 * The server's own list of specialties, by code: `virtual:specialties/name` is what each is called,
 * `virtual:specialties/also` words by which it is found. Apart, for every screen names them, and one alone looks for them.
 */
export function specialties(): Plugin {
  return {
    name: "curbside:specialties",
    resolveId: (id) => (NAME.test(id) ? `\0${id}` : undefined),
    load(id) {
      const part = id.startsWith("\0") ? NAME.exec(id.slice(1))?.[1] : undefined;
      if (part === undefined) return undefined;
      this.addWatchFile(FILE.pathname);
      const all: readonly Specialty[] = JSON.parse(readFileSync(FILE, "utf8"));
      return part === "name" ? names(all) : also(all);
    },
  };
}

/** Most names are their codes in words: as both they would weigh twice, on every first screen. */
function names(all: readonly Specialty[]): string {
  const codes = all.map(({ code }) => code).join(" ");
  const others = Object.fromEntries(all.flatMap(({ code, name }) => (spelled(code) === name ? [] : [[code, name]])));
  return `const others = ${JSON.stringify(others)};
const spelled = ${spelled};
export default Object.fromEntries(${JSON.stringify(codes)}.split(" ").map((code) => [code, others[code] ?? spelled(code)]));`;
}

function also(all: readonly Specialty[]): string {
  return `export default ${JSON.stringify(Object.fromEntries(all.flatMap(({ code, also }) => (also ? [[code, also]] : []))))}`;
}

function spelled(code: string): string {
  return code.charAt(0).toUpperCase() + code.slice(1).replaceAll("_", " ");
}
