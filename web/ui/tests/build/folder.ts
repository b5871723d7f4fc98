import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build, type PluginOption } from "vite";

/** A folder of its own with sources to build, gone at the end of the block that `await using` it. */
export class Folder implements AsyncDisposable {
  private constructor(readonly root: string) {}

  static async of(files: Readonly<Record<string, string>>): Promise<Folder> {
    const folder = new Folder(await mkdtemp(join(tmpdir(), "curbside-build-")));
    for (const [name, text] of Object.entries(files)) await folder.put(name, text);
    return folder;
  }

  async put(name: string, text: string): Promise<void> {
    await mkdir(dirname(join(this.root, name)), { recursive: true });
    await writeFile(join(this.root, name), text);
  }

  async built(...plugins: PluginOption[]): Promise<void> {
    const options = { manifest: true, modulePreload: { polyfill: false } };
    await build({ root: this.root, configFile: false, logLevel: "silent", plugins, build: options });
  }

  read(name: string): Promise<Buffer> {
    return readFile(join(this.root, "dist", name));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return rm(this.root, { recursive: true });
  }
}
