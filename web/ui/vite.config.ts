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

/**
 * What is one file because it is needed together: each module by itself costs its headers, and compresses worse. What all
 * screens are made of, and who signs in and asks for help first; people, sheets and marks in texts, which those need not;
 * the seat in a room, what it keeps of the record and how rooms and the archive show it, and what a room's own parts use
 * that are fetched later; what asking is made of, in its form or in a room; what proves who one is.
 */
const TOGETHER: Readonly<Record<string, readonly string[]>> = {
  parts: [
    "node_modules/@?preact",
    "vite/preload-helper",
    String.raw`/src/app/(app|lines|topbar)\.css`,
    String.raw`/src/signin/signin\.css`,
    String.raw`/src/design/(person|sheet|written)\.css`,
    "/src/design/(?!Written|writing|written|SearchBox|searchbox|Choices|choices|Person|person|Sheet|sheet|Moment|drawings)",
    String.raw`/src/words/(?!minutes)[a-z]+\.ts`,
    String.raw`/src/(demo/demo|wire/(ids|refusals)|room/store/memory|http/problem|identifiers/(inTime|doubts|span)|worklist/unopened|insights/sight|live/lateness)\.`,
  ],
  people: [
    String.raw`/src/(words/(more|en)/people|design/(Person|person|Sheet|sheet|Moment|drawings|Written|writing|written))\.`,
    String.raw`/src/(app/stepping|room/store/batched|verification/types)\.`,
  ],
  record: [
    "/src/room/(post/(Post|inPlace)[.]|evidence/(EvidenceShown|EvidenceFields|Refuted|support|evidence[.]css|rows))",
    String.raw`/src/room/(fold/|people/(progress|names|observers|acts\.css)|rights|store/(?!batched))`,
    String.raw`/src/live/(seated|seating|brief)\.ts`,
    String.raw`/src/room/(desk|useWide|composer/(drafts|choosing|useDraft))\.`,
    String.raw`/src/room/timeline/(TimelineNote|places|timeline)\.`,
    "/src/room/case/(Isbar|Folded|CaseFacts|PinCard|pinned|Tally)",
  ],
  asking: [
    String.raw`/src/ask/(Picker|Choice|ages|options|draft|fields|findings)\.`,
    String.raw`/src/ask/(ask|acuitycards)\.css`,
    String.raw`/src/worklist/(UnsentCase|unsent)\.`,
    String.raw`/src/words/(more|en)/(ask|unsent)\.`,
  ],
  entering: [String.raw`/src/(signin/(signin\.ts|hospital|passkeys)|words/(more|en)/signin)`],
};
const groups = Object.entries(TOGETHER).map(([name, tests], at, all) => ({
  name,
  test: new RegExp(tests.join("|")),
  priority: all.length - at,
}));

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
        codeSplitting: { groups },
      },
    },
  },
  // The rules of the identifiers gate and the specialties are read from beside the server's own.
  server: { fs: { allow: ["../.."] }, proxy: { "/api": server, "/ws": server } },
  // Test files share modules, which takes half the time: none may leave anything in them.
  test: { include: ["tests/**/*.test.ts"], environment: "node", pool: "threads", isolate: false },
});
