import { createHash } from "node:crypto";
import type { Plugin, Rolldown } from "vite";

const ENTRY = "worker";

/**
 * Builds `source` into `worker.js`, a script by itself, and puts in what was built beside it: at `__FILES__` the
 * addresses of the assets, at `__VERSION__` a name that is another one whenever anything of the page is.
 */
export function worker(source: string): Plugin {
  return {
    name: "curbside:worker",
    apply: "build",
    enforce: "post",
    config: () => ({
      build: {
        rolldownOptions: {
          input: { index: "index.html", [ENTRY]: source },
          output: { entryFileNames: ({ name }) => (name === ENTRY ? "worker.js" : "assets/[name]-[hash].js") },
        },
      },
    }),
    generateBundle(_, bundle) {
      const script = bundle["worker.js"];
      if (script?.type !== "chunk" || script.imports.length > 0) throw new Error("the worker is no script by itself");
      const beside = Object.values(bundle).filter((file) => file !== script);
      const assets = beside.map((file) => `/${file.fileName}`).filter((address) => address.startsWith("/assets/"));
      script.code = script.code
        .replace("__FILES__", JSON.stringify(JSON.stringify(assets.sort())).slice(1, -1))
        .replace("__VERSION__", version(beside));
    },
  };
}

function version(files: readonly (Rolldown.OutputAsset | Rolldown.OutputChunk)[]): string {
  const contents = files.map((file) => (file.type === "chunk" ? file.code : file.source));
  const hash = createHash("sha256");
  for (const content of contents) hash.update(content);
  return hash.digest("hex").slice(0, 16);
}
