import { defineConfig } from "vitest/config";
import { compress } from "./build/compress.ts";
import { early } from "./build/early.ts";
import { layers } from "./build/layers.ts";
import { manifest } from "./build/manifest.ts";
import { specialties } from "./build/specialties.ts";
import { worker } from "./build/worker.ts";

// In full, for in short Vite changes `Host`, and a cookie counts only beside an `Origin` that fits it.
const server = { target: "http://127.0.0.1:8000", ws: true };

const app = {
  name: "Curbside",
  short_name: "Curbside",
  description: "Urgent case consults with verified specialists.",
  background_color: "#f4f6f5",
  theme_color: "#0b6a62",
  icons: [
    { file: "src/design/icons/icon-192.png", sizes: "192x192" },
    { file: "src/design/icons/icon-512.png", sizes: "512x512" },
    { file: "src/design/icons/whole-512.png", sizes: "512x512", purpose: "maskable" },
  ],
} as const;

// What most screens are made of is one file: each by itself costs its headers, and compresses worse.
const PARTS =
  /node_modules\/@?preact|\/src\/(design|words\/[a-z]+\.ts|identifiers\/(doubts\.ts|span)|demo\/demo|app\/stepping)/;
// And so is what rooms and the archive show of a record, and what is asked for with, in a form or in a room.
const RECORD =
  /\/src\/room\/(fold|people\/(progress|names|acts\.css)|post\/(Post|evidence|EvidenceFields|inPlace)\.|store\/item|timeline\/(TimelineNote|places)\.|case\/(Isbar|Folded|CaseFacts|PinCard|Tally))/;
const ASKING = /\/src\/(ask\/(Picker|Choice|ages|options)\.|reach\/Interrupts\.|words\/(more|en)\/ask\.)/;

export default defineConfig({
  plugins: [
    layers(),
    specialties(),
    early("src/wire/early.ts"),
    manifest(app),
    worker("src/offline/worker.ts"),
    compress(),
  ],
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The server names in `Link` headers what a page will need.
    manifest: true,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "parts", test: PARTS, priority: 1 },
            { name: "record", test: RECORD },
            { name: "asking", test: ASKING },
          ],
        },
      },
    },
  },
  // The rules of the identifiers gate and the specialties are read from beside the server's own.
  server: { fs: { allow: ["../.."] }, proxy: { "/api": server, "/ws": server } },
  // Test files share modules, which takes half the time: none may leave anything in them.
  test: { include: ["tests/**/*.test.ts"], environment: "node", pool: "threads", isolate: false },
});
