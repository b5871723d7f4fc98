import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { IndexedDisk } from "../../src/wire/outbox/indexed.ts";
import { turn, until } from "./browser.ts";
import { Browser, post } from "./tabs.ts";

let browser: Browser;

beforeEach(() => {
  browser = new Browser();
});

afterEach(() => browser.close());

async function settled(): Promise<void> {
  for (let n = 0; n < 50; n += 1) await turn();
}

describe.each([
  ["locks", true],
  ["leases", false],
])("tabs that know each other by %s", (_, locked) => {
  beforeEach(() => {
    if (!locked) browser.locks = undefined;
  });

  test("a page that was closed leaves its commands to the next, in their order", async () => {
    const first = browser.openOffline();
    const made = [await first.outbox.put(post("a")), await first.outbox.put(post("b"))];
    await first.outbox.close();
    const next = browser.open();
    const own = await next.outbox.put(post("c"));
    await until(() => browser.server.record.length === 3);
    await next.waits((rows) => rows.length === 0);
    const ids = made.map(({ id }) => id);
    expect(browser.server.record.filter((id) => ids.includes(id))).toEqual(ids);
    expect(browser.server.record).toContain(own.id);
  });

  test("what a killed tab left is sent by a tab that lives", async () => {
    const killed = browser.openOffline();
    const heir = browser.open();
    const { id } = await killed.outbox.put(post("Start aspirin."));
    killed.die();
    await browser.reconnect();
    await heir.waits(([row]) => row?.id === id);
    await browser.clock.passUntil(() => heir.outbox.waiting.value.length === 0);
    expect(browser.server.heard).toEqual([id]);
  });

  test("what a killed tab left is sent by one of two tabs that live", async () => {
    const killed = browser.openOffline();
    const heirs = [browser.open(), browser.open()];
    const made = [await killed.outbox.put(post("a")), await killed.outbox.put(post("b"))];
    killed.die();
    await browser.reconnect();
    await browser.clock.passUntil(() => browser.server.record.length === 2);
    for (const heir of heirs) await heir.waits((rows) => rows.length === 0);
    await settled();
    expect(browser.server.heard).toEqual(made.map(({ id }) => id));
  });

  test("what a live tab has to send is shown by the others, and sent by itself alone", async () => {
    const one = browser.openOffline();
    const { id } = await one.outbox.put(post("Start aspirin."));
    const other = browser.open();
    await until(() => other.link.state.value.is === "up");
    await other.waits(([row]) => row?.id === id);
    for (let s = 0; s < 20; s += 1) {
      await browser.clock.pass(1_000);
      await settled();
    }
    expect(browser.server.heard).toEqual([]);
    expect(one.link.state.value.is).not.toBe("up");
    await browser.reconnect();
    await other.waits((rows) => rows.length === 0);
    expect(other.outbox.recorded.value).toEqual(new Set([id]));
    expect(browser.server.heard).toEqual([id]);
    expect(one.page.socket.asked("post")).toHaveLength(1);
  });

  test("a refusal is seen in every tab, until it was seen in one", async () => {
    const one = browser.openOffline();
    const other = browser.open();
    const { id } = await one.outbox.put(post("Start aspirin."));
    browser.server.refusals.set(id, [{ code: "room_closed", message: "This room is closed." }]);
    await browser.reconnect();
    await other.waits(([row]) => row?.state === "refused");
    await other.outbox.dismiss(id);
    await one.waits((rows) => rows.length === 0);
    for (const tab of [one, other]) expect(tab.outbox.recorded.value).toEqual(new Set());
  });
});

test("a tab that was told nothing looks for itself every 5 s", async () => {
  const tab = browser.open();
  await until(() => tab.link.state.value.is === "up");
  const unheard = { id: "unheard", person: "ana", instance: "dead", made_at: 1, command: post("Start aspirin.") };
  const disk = new IndexedDisk();
  await disk.add(unheard);
  await browser.clock.pass(4_999);
  await settled();
  expect(browser.server.record).toEqual([]);
  await browser.clock.pass(1);
  await until(() => browser.server.record.length === 1);
  await disk.close();
});
