import type { Plugin } from "vite";

const NAME = "early";

/** Builds `source` into a script by itself, which the page names before its own: it is small, and runs first. */
export function early(source: string): Plugin {
  return {
    name: "curbside:early",
    apply: "build",
    config: () => ({ build: { rolldownOptions: { input: { index: "index.html", [NAME]: source } } } }),
    transformIndexHtml: {
      order: "post",
      handler(_, { bundle }) {
        const script = Object.values(bundle ?? {}).find((file) => file.type === "chunk" && file.name === NAME);
        if (script?.type !== "chunk" || script.imports.length > 0)
          throw new Error("the early script is none by itself");
        const attrs = { type: "module", async: true, crossorigin: true, src: `/${script.fileName}` };
        return [{ tag: "script", attrs, injectTo: "head-prepend" }];
      },
    },
  };
}
