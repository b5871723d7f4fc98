import type { Plugin } from "vite";

/** Later ones win. */
const ORDER = "tokens, base, parts, views";

/**
 * Begins every style sheet with the order of the layers. The first sheet that a page loads decides it, and which that is
 * changes with how the build cuts the page into chunks.
 */
export function layers(): Plugin {
  return {
    name: "curbside:layers",
    enforce: "pre",
    transform: (code, id) => (id.endsWith(".css") ? `@layer ${ORDER};\n${code}` : null),
  };
}
