import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Plugin } from "vite";

/** What the installed app is called and looks like (W3C Web Application Manifest); `icons` are files of ours. */
export interface App {
  readonly name: string;
  readonly short_name: string;
  readonly description: string;
  readonly background_color: string;
  readonly theme_color: string;
  readonly icons: readonly { readonly file: string; readonly sizes: string; readonly purpose?: "maskable" }[];
}

/** Builds the manifest and its icons as assets, and names it in the page: with that a browser can install the app. */
export function manifest({ icons, ...app }: App): Plugin {
  let name: string | undefined;
  return {
    name: "curbside:manifest",
    apply: "build",
    async generateBundle() {
      const emit = (name: string, source: string | Uint8Array) =>
        this.getFileName(this.emitFile({ type: "asset", name, source }));
      const drawn = icons.map(async ({ file, sizes, purpose = "any" as const }) => {
        const src = `/${emit(basename(file), await readFile(file))}`;
        return { src, sizes, purpose, type: "image/png" };
      });
      const whole = {
        id: "/",
        start_url: "/",
        scope: "/",
        display: "standalone",
        ...app,
        icons: await Promise.all(drawn),
      };
      name = emit("app.webmanifest", JSON.stringify(whole));
    },
    transformIndexHtml: {
      order: "post",
      handler: () => (name ? [{ tag: "link", attrs: { rel: "manifest", href: `/${name}` }, injectTo: "head" }] : []),
    },
  };
}
