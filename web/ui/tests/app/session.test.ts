import { signal } from "@preact/signals";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Link, LinkState } from "../../src/wire/link.ts";
import { ANA, BEN } from "../wire/browser.ts";

let forget: typeof import("../../src/app/session.ts").forget;
let remember: typeof import("../../src/app/session.ts").remember;
let sessionOf: typeof import("../../src/app/session.ts").sessionOf;

beforeAll(async () => {
  vi.stubGlobal("document", { cookie: "" });
  ({ forget, remember, sessionOf } = await import("../../src/app/session.ts"));
});
beforeEach(() => remember(ANA));
afterEach(() => {
  forget();
  vi.unstubAllGlobals();
});

function greeted(): { link: Link; me: ReturnType<typeof signal<typeof ANA | null>> } {
  const me = signal<typeof ANA | null>(null);
  const link = { me, state: signal<LinkState>({ is: "up" }) } as unknown as Link;
  return { link, me };
}

describe("who is greeted again", () => {
  test("as the same is the same, so that what they write is not begun anew", () => {
    const { link, me } = greeted();
    const session = sessionOf(link);
    const before = session.value;
    me.value = { ...ANA };
    const first = session.value;
    me.value = { ...ANA };
    expect(
      [before, first, session.value].map((now) => "me" in now && now.me === ("me" in before && before.me)),
    ).toEqual([true, true, true]);
  });

  test("as somebody else, or with other rights, is not", () => {
    const { link, me } = greeted();
    const session = sessionOf(link);
    expect(session.value).toMatchObject({ me: { person: "ana" } });
    me.value = { ...ANA, tier: 3 };
    expect(session.value).toMatchObject({ me: { tier: 3 } });
    me.value = BEN;
    expect(session.value).toMatchObject({ me: { person: "ben" } });
  });
});

test("who has forgotten who was here shows nobody's screens until somebody is greeted", () => {
  const { link, me } = greeted();
  const session = sessionOf(link);
  forget();
  expect(session.value).toEqual({ is: "unknown" });
  me.value = BEN;
  expect(session.value).toMatchObject({ is: "in", me: { person: "ben" } });
});
