import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

/** What is served and not compressed as it is; Vite's own notes, in a folder with a dot, are neither. */
const COMPRESSIBLE = /^[^.].*\.(?:css|html|js|json|svg|webmanifest)$/;

const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
const GZIP = { level: constants.Z_BEST_COMPRESSION };

const CODINGS: Readonly<Record<string, (whole: Buffer) => Promise<Buffer>>> = {
  br: (whole) => promisify(brotliCompress)(whole, BROTLI),
  gz: (whole) => promisify(gzip)(whole, GZIP),
};

/** Writes `NAME.br` and `NAME.gz` beside each built file that is shorter that way: the server compresses nothing. */
export function compress(): Plugin {
  return {
    name: "curbside:compress",
    apply: "build",
    async writeBundle({ dir }, bundle) {
      if (dir === undefined) throw new Error("the build has no folder to write to");
      const files = Object.keys(bundle).filter((name) => COMPRESSIBLE.test(name));
      await Promise.all(files.map((name) => written(join(dir, name))));
    },
  };
}

async function written(file: string): Promise<void> {
  const whole = await readFile(file);
  const variants = Object.entries(CODINGS).map(async ([suffix, coded]) => {
    const short = await coded(whole);
    if (short.length < whole.length) await writeFile(`${file}.${suffix}`, short);
  });
  await Promise.all(variants);
}
