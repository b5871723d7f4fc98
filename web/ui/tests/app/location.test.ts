import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { inside, read } from "../../src/app/location.tsx";

const ORIGIN = "https://curbside.example";

class Anchor {
  readonly target: string;
  readonly #href: string | null;
  readonly #download: boolean;

  constructor(href: string | null, { target = "", download = false } = {}) {
    this.#href = href;
    this.target = target;
    this.#download = download;
  }

  get href(): string {
    return new URL(this.#href ?? "", `${ORIGIN}/case/c1`).href;
  }

  get origin(): string {
    return new URL(this.href).origin;
  }

  getAttribute(): string | null {
    return this.#href;
  }

  hasAttribute(): boolean {
    return this.#download;
  }
}

beforeEach(() => {
  vi.stubGlobal("location", new URL(`${ORIGIN}/case/c1`));
  vi.stubGlobal("HTMLAnchorElement", Anchor);
});
afterEach(() => vi.unstubAllGlobals());

function click(link: Anchor | null, how: Partial<MouseEvent> = {}): MouseEvent {
  const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, button: 0, defaultPrevented: false };
  return { ...plain, composedPath: () => [{}, ...(link ? [link] : []), {}], ...how } as unknown as MouseEvent;
}

test("a link of the page leads within it", () => {
  expect(inside(click(new Anchor("/archive/c2?from=list#end")))).toBe("/archive/c2?from=list#end");
  expect(inside(click(new Anchor("?as=follow", { target: "_self" })))).toBe("/case/c1?as=follow");
});

test.each([
  ["another site", new Anchor("https://example.org/case/c1")],
  ["a place on this screen", new Anchor("#content")],
  ["another window", new Anchor("/docs/", { target: "_blank" })],
  ["a file", new Anchor("/api/cases/c1/export", { download: true })],
  ["nowhere", new Anchor(null)],
  ["nothing that is a link", null],
])("the browser sees to what leads to %s", (_, link) => {
  expect(inside(click(link))).toBeNull();
});

test.each([
  { ctrlKey: true },
  { metaKey: true },
  { altKey: true },
  { shiftKey: true },
  { button: 1 },
  { defaultPrevented: true },
])("the browser, or another view, sees to a click with %j", (how) => {
  expect(inside(click(new Anchor("/"), how))).toBeNull();
});

test("an address says where one is and what is asked there", () => {
  expect(read("/case/c%201/?as=follow&x=")).toEqual({
    url: "/case/c%201/?as=follow&x=",
    path: "/case/c%201",
    query: { as: "follow", x: "" },
  });
  expect(read("/").path).toBe("/");
});
