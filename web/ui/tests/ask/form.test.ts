import { afterEach, beforeEach, expect, test } from "vitest";
import type { FieldName, Fields } from "../../src/ask/fields.ts";
import { NO_FINDINGS } from "../../src/ask/findings.ts";
import { AskForm } from "../../src/ask/form.ts";
import { isRefused } from "../../src/ask/outcome.ts";
import { Urgency } from "../../src/live/urgency.ts";
import { t } from "../../src/words/words.ts";
import { unopened } from "../../src/worklist/unopened.ts";
import { URGENCIES } from "../live/peers.ts";
import { until } from "../wire/browser.ts";
import { Browser, type Tab } from "../wire/tabs.ts";
import { EMPTY, FULL, shelf } from "./shelf.ts";

let browser: Browser;
let tab: Tab;
let here: ReturnType<typeof shelf>;
let made: number;

beforeEach(() => {
  browser = new Browser();
  tab = browser.openOffline();
  here = shelf();
  made = 0;
});

afterEach(() => browser.close());

/** The form as a page has it that is loaded now; its ids are k1, k2 … */
function form({ linked_to = null, in: place = tab }: { linked_to?: string | null; in?: Tab } = {}): AskForm {
  const newId = () => `k${++made}`;
  const { outbox } = place;
  const urgency = new Urgency({ urgencies: async () => URGENCIES });
  const desk = { person: "ana", outbox, shelf: here, languages: ["en-GB"], linked_to, urgency, now: () => 7, newId };
  return new AskForm(desk);
}

function write(into: AskForm, fields: Fields): AskForm {
  for (const name of Object.keys(fields) as FieldName[]) into.set(name, fields[name]);
  return into;
}

const waiting = () => unopened(tab.outbox.waiting.value);
const keys = () => waiting().map(({ id }) => id);

/** The server's answer to the next case. */
function answers(status: number, document: object): void {
  tab.page.answer = async () =>
    Response.json(document, { status, headers: { "content-type": "application/problem+json" } });
}

test("what is written is there again after a reload, under the same key", async () => {
  write(form(), FULL);
  const reloaded = form();
  expect(reloaded.fields.value).toEqual(FULL);
  expect(reloaded.notice.value).toEqual({ is: "restored", at: 7 });
  await reloaded.submit();
  expect(keys()).toEqual(["k1"]);
});

test("nothing is said to be wrong before the first try", () => {
  const ana = form();
  ana.left("title");
  expect(ana.wrongs.value.size).toBe(0);
});

test("a form with something wrong stays, and names the first", async () => {
  const ana = write(form(), { ...FULL, acuity: null, request: "" });
  expect(await ana.submit()).toBe("acuity");
  expect([...ana.wrongs.value.keys()]).toEqual(["acuity", "request"]);
  expect(keys()).toEqual([]);
});

test("after the first try a field is judged when it is left, and right as soon as it is", async () => {
  const ana = write(form(), { ...FULL, request: "" });
  await ana.submit();
  ana.set("request", "Lysis?");
  expect(ana.wrongs.value.size).toBe(0);
  ana.set("request", " ");
  expect(ana.wrongs.value.size).toBe(0);
  ana.left("request");
  expect([...ana.wrongs.value.keys()]).toEqual(["request"]);
});

test("a case that is in the outbox is no draft any more", async () => {
  const ana = write(form(), FULL);
  expect(await ana.submit()).toBeNull();
  expect(waiting()[0]?.frame.case).toMatchObject({ title: "Chest pain", acuity: "stat" });
  expect([ana.fields.value, here.texts.size]).toEqual([EMPTY, 0]);
});

test("what is written while the words are looked over is sent with them", async () => {
  const ana = write(form(), FULL);
  const sending = ana.submit();
  ana.set("background", "Allergic to penicillin.");
  expect(await sending).toBeNull();
  expect(waiting()[0]?.frame.case.background).toBe("Allergic to penicillin.");
  expect([ana.fields.value, here.texts.size]).toEqual([EMPTY, 0]);
});

test("a case of which something needed is taken away while it is looked over stays", async () => {
  const ana = write(form(), FULL);
  const sending = ana.submit();
  ana.set("request", "");
  expect([await sending, keys()]).toEqual(["request", []]);
});

test("what is written once the words are taken is kept as the beginning of another case", async () => {
  const ana = write(form(), FULL);
  const stop = ana.taken.subscribe((taken) => taken && ana.set("background", "Allergic to penicillin."));
  expect(await ana.submit()).toBeNull();
  stop();
  expect(waiting()[0]?.frame.case.background).toBeUndefined();
  const late = { ...EMPTY, background: "Allergic to penicillin." };
  expect([ana.taken.value, ana.fields.value, form().fields.value]).toEqual([false, late, late]);
  await write(ana, FULL).submit();
  expect(keys()).toEqual(["k1", "k2"]);
});

test("a double tap sends one case", async () => {
  const ana = write(form(), FULL);
  await Promise.all([ana.submit(), ana.submit()]);
  expect(keys()).toEqual(["k1"]);
});

test("a page that died between outbox and draft sends one case", async () => {
  const draft = () => here.texts.get("curbside.draft.ana") ?? "";
  const ana = write(form(), FULL);
  const left = draft();
  await ana.submit();
  here.setItem("curbside.draft.ana", left);
  await form().submit();
  expect([keys(), draft()]).toEqual([["k1"], ""]);
});

test("the same draft sent from two tabs with other words makes two cases: no word is lost", async () => {
  const one = write(form(), FULL);
  const beside = browser.openOffline();
  const other = form({ in: beside });
  await one.submit();
  await beside.waits((rows) => rows.length === 1);
  other.set("request", "Transfer how?");
  await other.submit();
  await until(() => keys().length === 2);
  expect(waiting().map(({ frame }) => frame.case.request)).toEqual(["Lysis or transfer?", "Transfer how?"]);
});

test("starting anew empties the form, and can be taken back", () => {
  const ana = write(form(), FULL);
  ana.startAnew();
  expect([ana.fields.value, here.texts.size]).toEqual([EMPTY, 0]);
  ana.bringBack();
  expect([ana.fields.value, ana.notice.value, here.texts.size]).toEqual([FULL, null, 1]);
});

test("what is written after starting anew is not overwritten by the draft", () => {
  const ana = write(form(), FULL);
  ana.startAnew();
  ana.set("title", "Another");
  ana.bringBack();
  expect(ana.fields.value.title).toBe("Another");
});

test("a case that goes on from another says so, also when a draft was there", () => {
  write(form(), FULL);
  expect(form({ linked_to: "c0" }).fields.value).toEqual({ ...FULL, linked_to: "c0" });
});

test("a refused case comes back with the reason at its field, and goes out under a new key", async () => {
  const reason = "Name at least one specialty that you want to hear from.";
  answers(422, { code: "invalid", detail: reason });
  const ana = write(form(), FULL);
  await ana.submit();
  await browser.reconnect();
  await tab.waits(([one]) => one?.state === "refused");
  const [refused] = waiting().filter(isRefused);
  if (refused) await ana.putBack(refused);
  expect(ana.fields.value).toEqual(FULL);
  expect(ana.wrongs.value).toEqual(new Map([["specialties", reason]]));
  expect(keys()).toEqual([]);
  answers(201, { id: "case1" });
  await ana.submit();
  await tab.waits((rows) => rows.length === 0);
  expect([...tab.outbox.opened.value]).toEqual([["k3", "case1"]]);
});

test("a draft that was opened elsewhere with other words is refused in words that help", async () => {
  answers(409, { code: "conflict", detail: "This `Idempotency-Key` opened another case. Take a new one." });
  const ana = write(form(), FULL);
  await ana.submit();
  await browser.reconnect();
  await tab.waits(([one]) => one?.state === "refused");
  const [refused] = waiting().filter(isRefused);
  if (refused) await ana.putBack(refused);
  expect([ana.refusal.value, ana.wrongs.value.size]).toEqual([t("ask.refused_conflict"), 0]);
});

test("a refused case does not come back over what is being written", async () => {
  answers(422, { code: "invalid", detail: "Name at least one specialty." });
  const ana = write(form(), FULL);
  await ana.submit();
  await browser.reconnect();
  await tab.waits(([one]) => one?.state === "refused");
  const [refused] = waiting().filter(isRefused);
  const coming = refused && ana.putBack(refused);
  ana.set("title", "Another patient");
  await coming;
  expect(ana.fields.value).toEqual({ ...EMPTY, title: "Another patient" });
  expect(waiting().filter(isRefused)).toHaveLength(1);
});

test("a browser that keeps no drafts says so with the first letter", () => {
  here = shelf(10);
  const ana = form();
  ana.set("title", "C");
  expect(ana.durable.value).toBe(false);
});

test("what was measured is sent with the case, also after a reload", async () => {
  write(form(), {
    ...FULL,
    findings: { ...NO_FINDINGS, at: 5, vitals: { heart_rate: { text: "120", unit: "/min" } } },
  });
  await form().submit();
  expect(waiting()[0]?.frame.case).toMatchObject({
    vitals: [{ name: "heart_rate", value: 120, unit: "/min" }],
    vitals_at: 5,
  });
});

test("a value that no patient has keeps the case here", async () => {
  const findings = { ...NO_FINDINGS, vitals: { heart_rate: { text: "1200", unit: "/min" } } };
  expect(await write(form(), { ...FULL, findings }).submit()).toBe("findings");
  expect(keys()).toEqual([]);
});
