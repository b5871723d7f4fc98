import { afterEach, beforeEach, expect, test } from "vitest";
import type { OpenCase } from "../../src/wire/opening.ts";
import { until } from "./browser.ts";
import { Browser, post, type Tab } from "./tabs.ts";

const CASE: OpenCase = {
  title: "Chest pain",
  acuity: "urgent",
  specialties: ["cardiology"],
  situation: "Chest pain for two hours.",
  assessment: "Maybe a myocardial infarction.",
  request: "Lysis or transfer?",
};

let browser: Browser;

beforeEach(() => {
  browser = new Browser();
});

afterEach(() => browser.close());

/** The keys under which `tab` asked to open a case; `answers` come in turn, and `{id}` once they are through. */
function opening(tab: Tab, ...answers: (() => Promise<Response>)[]): string[] {
  const keys: string[] = [];
  tab.page.answer = (path, init) => {
    if (path !== "/api/cases") return Promise.resolve(Response.json({}));
    const key = new Headers(init.headers).get("idempotency-key") ?? "";
    keys.push(key);
    expect(JSON.parse(String(init.body))).toEqual(CASE);
    return answers.shift()?.() ?? Promise.resolve(Response.json({ id: `case-of-${key}` }, { status: 201 }));
  };
  return keys;
}

const problem = (status: number, document: object) => async () =>
  Response.json(document, { status, headers: { "content-type": "application/problem+json" } });

test("a case that is opened offline waits, and is opened once the line is back", async () => {
  const tab = browser.openOffline();
  const keys = opening(tab);
  const waiting = await tab.outbox.put({ t: "open_case", id: "k1", case: CASE });
  expect(waiting).toMatchObject({ id: "k1", room: null, state: "waiting", frame: { t: "open_case", case: CASE } });
  expect(keys).toEqual([]);
  await browser.reconnect();
  await tab.waits((rows) => rows.length === 0);
  expect(keys).toEqual(["k1"]);
  expect(tab.outbox.opened.value).toEqual(new Map([["k1", "case-of-k1"]]));
});

test("a case that could not be opened just now is asked for again under its key", async () => {
  const tab = browser.openOffline();
  const keys = opening(
    tab,
    problem(503, { code: "unavailable", detail: "Later.", retry_after_ms: 300 }),
    () => Promise.reject(new TypeError("Failed to fetch")),
    problem(401, { code: "unauthenticated", detail: "Sign in." }),
    async () => new Response("<h1>Bad gateway</h1>", { status: 502 }),
  );
  await tab.outbox.put({ t: "open_case", id: "k1", case: CASE });
  await browser.reconnect();
  await until(() => keys.length === 1);
  await tab.waits(([row]) => row?.state === "waiting");
  await browser.clock.pass(299);
  expect(keys).toHaveLength(1);
  await browser.clock.passUntil(() => tab.outbox.waiting.value.length === 0);
  expect(keys).toEqual(["k1", "k1", "k1", "k1", "k1"]);
});

test("a case that is refused says why, and holds back no other", async () => {
  const tab = browser.openOffline();
  const keys = opening(tab, problem(422, { code: "invalid", detail: "Name at least one specialty." }));
  await tab.outbox.put({ t: "open_case", id: "k1", case: CASE });
  await tab.outbox.put({ t: "open_case", id: "k2", case: CASE });
  await tab.outbox.put(post("Start aspirin."));
  await browser.reconnect();
  await tab.waits((rows) => rows.length === 1);
  expect(keys).toEqual(["k1", "k2"]);
  const refusal = { code: "invalid", message: "Name at least one specialty." };
  expect(tab.outbox.waiting.value).toMatchObject([{ id: "k1", state: "refused", refusal }]);
  expect(tab.outbox.opened.value.has("k1")).toBe(false);
});

test("a case that a killed tab had to open is opened by the next", async () => {
  const killed = browser.openOffline();
  await killed.outbox.put({ t: "open_case", id: "k1", case: CASE });
  killed.die();
  const next = browser.open();
  const keys = opening(next);
  await until(() => next.outbox.opened.value.has("k1"));
  expect(keys).toEqual(["k1"]);
});

test("a case may be longer than a frame: its own limit is the server's to tell", async () => {
  const tab = browser.openOffline();
  const long = { ...CASE, situation: "x".repeat(70_000) };
  await expect(tab.outbox.put({ t: "open_case", id: "k1", case: long })).resolves.toMatchObject({ state: "waiting" });
});
