import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Refused } from "../../src/wire/refusals.ts";
import { BEN, turn, until } from "./browser.ts";
import { Browser, post } from "./tabs.ts";

let browser: Browser;

beforeEach(() => {
  browser = new Browser();
});

afterEach(() => browser.close());

const later = (retry_after_ms: number) => ({ code: "unavailable", message: "Later.", retry_after_ms }) as const;
const no = { code: "room_closed", message: "This room is closed." } as const;

describe("one tab", () => {
  test("a command that is on record leaves the outbox", async () => {
    const tab = browser.open();
    const waiting = await tab.outbox.put(post("Start aspirin."));
    expect(waiting).toMatchObject({ room: "r", state: "waiting", frame: { text: "Start aspirin." } });
    expect(tab.texts).toEqual(["Start aspirin."]);
    await tab.waits((rows) => rows.length === 0);
    expect(browser.server.record).toEqual([waiting.id]);
    expect(tab.outbox.recorded.value).toEqual(new Set([waiting.id]));
    expect(tab.asked).toEqual(["r"]);
    expect(tab.outbox.durable.value).toBe(true);
  });

  test("a command is on disk before it is sent", async () => {
    const tab = browser.open();
    await until(() => tab.link.state.value.is === "up");
    const busy = await occupied();
    const put = tab.outbox.put(post("Start aspirin."));
    for (let n = 0; n < 50; n += 1) await turn();
    expect(browser.server.heard).toEqual([]);
    busy.release();
    const { id } = await put;
    await until(() => browser.server.heard.includes(id));
  });

  test("on disk means that the browser was asked not to leave it in memory", async () => {
    const transaction = vi.spyOn(IDBDatabase.prototype, "transaction");
    await browser.openOffline().outbox.put(post("Start aspirin."));
    expect(transaction).toHaveBeenCalledWith("commands", "readwrite", { durability: "strict" });
    transaction.mockRestore();
  });

  test("commands of a room go out one after the other, in the order of their making", async () => {
    const tab = browser.openOffline();
    const made = await Promise.all(["a", "b", "c"].map((text) => tab.outbox.put(post(text))));
    expect(tab.texts).toEqual(["a", "b", "c"]);
    browser.server.answering = false;
    await browser.reconnect();
    await tab.waits(([first]) => first?.state === "sent");
    expect(browser.server.heard).toEqual([made[0]?.id]);
    expect(tab.outbox.waiting.value.map(({ state }) => state)).toEqual(["sent", "waiting", "waiting"]);
    browser.server.answering = true;
    tab.page.socket.drop();
    tab.link.retryNow();
    await tab.waits((rows) => rows.length === 0);
    expect(browser.server.record).toEqual(made.map(({ id }) => id));
  });

  test("a command whose answer was lost is sent again under its id, and is on record once", async () => {
    const tab = browser.open();
    browser.server.answering = false;
    const { id } = await tab.outbox.put(post("Start aspirin."));
    await until(() => browser.server.record.length === 1);
    tab.page.socket.drop();
    browser.server.answering = true;
    tab.link.retryNow();
    await tab.waits((rows) => rows.length === 0);
    expect(browser.server.heard).toEqual([id, id]);
    expect(browser.server.record).toEqual([id]);
  });

  test.each(["unavailable", "rate_limited"] as const)(
    "a command that is told to come back (%s) does, and holds back the later ones of its room alone",
    async (code) => {
      const tab = browser.openOffline();
      const first = await tab.outbox.put(post("first"));
      const second = await tab.outbox.put(post("second"));
      const elsewhere = await tab.outbox.put(post("elsewhere", "s"));
      browser.server.refusals.set(first.id, [
        { ...later(700), code },
        { code, message: "Wait." },
      ]);
      await browser.reconnect();
      await until(() => browser.server.record.includes(elsewhere.id));
      await tab.waits(([row]) => row?.state === "waiting");
      await browser.clock.pass(699);
      expect(browser.server.heard.filter((id) => id === first.id)).toHaveLength(1);
      await browser.clock.pass(1);
      await until(() => browser.server.heard.filter((id) => id === first.id).length === 2);
      await tab.waits(([row]) => row?.state === "waiting");
      await browser.clock.pass(1_000);
      await tab.waits((rows) => rows.length === 0);
      expect(browser.server.record).toEqual([elsewhere.id, first.id, second.id]);
    },
  );

  test("a command that waits for its time is sent at once on the next connection", async () => {
    const tab = browser.openOffline();
    const { id } = await tab.outbox.put(post("Start aspirin."));
    browser.server.refusals.set(id, [later(3_600_000)]);
    await browser.reconnect();
    await until(() => browser.server.heard.length === 1);
    tab.page.socket.drop();
    tab.link.retryNow();
    await tab.waits((rows) => rows.length === 0);
    expect(browser.server.heard).toEqual([id, id]);
  });

  test("a command that is refused stays until its author has seen it, and blocks nothing", async () => {
    const tab = browser.openOffline();
    const refused = await tab.outbox.put(post("refused"));
    const behind = await tab.outbox.put(post("behind"));
    browser.server.refusals.set(refused.id, [no]);
    await browser.reconnect();
    await until(() => browser.server.record.includes(behind.id));
    await tab.waits((rows) => rows.length === 1);
    expect(tab.outbox.waiting.value).toMatchObject([{ id: refused.id, state: "refused", refusal: no }]);
    tab.page.socket.drop();
    tab.link.retryNow();
    await until(() => tab.link.state.value.is === "up");
    await tab.outbox.dismiss(refused.id);
    expect(tab.outbox.waiting.value).toEqual([]);
    expect(browser.server.heard).toEqual([refused.id, behind.id]);
  });

  test("a command that is not refused cannot be dismissed", async () => {
    const tab = browser.openOffline();
    const { id } = await tab.outbox.put(post("Start aspirin."));
    await tab.outbox.dismiss(id);
    expect(tab.texts).toEqual(["Start aspirin."]);
  });

  test("a command whose seat went away asks for another", async () => {
    const tab = browser.openOffline();
    const { id } = await tab.outbox.put(post("Start aspirin."));
    browser.server.refusals.set(id, [{ code: "not_joined", message: "You have no seat." }]);
    await browser.reconnect();
    await until(() => browser.server.heard.length === 1);
    await tab.waits(([row]) => row?.state === "waiting");
    await browser.clock.pass(1_000);
    await tab.waits((rows) => rows.length === 0);
    expect(tab.asked).toEqual(["r", "r"]);
  });

  test("where there will be no seat, the author is told why", async () => {
    const tab = browser.openOffline();
    const removed = { code: "not_found", message: "There is no such case, or you may not enter it." } as const;
    tab.shut.set("r", new Refused(removed));
    const { id } = await tab.outbox.put(post("Start aspirin."));
    browser.server.refusals.set(id, [{ code: "not_joined", message: "You have no seat." }]);
    await browser.reconnect();
    await tab.waits(([row]) => row?.state === "refused");
    const other = browser.openOffline();
    await other.waits((rows) => rows.length === 1);
    expect(other.outbox.waiting.value).toMatchObject([{ id, state: "refused", refusal: removed }]);
  });

  test("where there will be no seat, a command that is on record already is known to be", async () => {
    const tab = browser.openOffline();
    tab.shut.set("r", no);
    const { id } = await tab.outbox.put(post("Start aspirin."));
    browser.server.record.push(id);
    await browser.reconnect();
    await tab.waits((rows) => rows.length === 0);
    expect(browser.server.heard).toEqual([id]);
  });

  test("a seat that never comes is asked for again on the next connection", async () => {
    const tab = browser.openOffline();
    await tab.outbox.put(post("Start aspirin."));
    tab.pending = true;
    await browser.reconnect();
    await until(() => tab.asked.length === 1);
    tab.page.socket.drop();
    tab.pending = false;
    tab.link.retryNow();
    await tab.waits((rows) => rows.length === 0);
    expect(tab.asked).toEqual(["r", "r"]);
  });

  test("an id that waits already is not taken a second time", async () => {
    const tab = browser.openOffline();
    const command = post("Start aspirin.");
    const both = [tab.outbox.put(command), tab.outbox.put({ ...command, text: "Start heparin." } as typeof command)];
    await expect(both[1]).rejects.toBeInstanceOf(RangeError);
    await both[0];
    await expect(tab.outbox.put(command)).rejects.toBeInstanceOf(RangeError);
    expect(tab.texts).toEqual(["Start aspirin."]);
  });

  test("a command that no server takes is not taken", async () => {
    const tab = browser.openOffline();
    await expect(tab.outbox.put(post("x".repeat(65_536)))).rejects.toBeInstanceOf(RangeError);
    expect(tab.outbox.waiting.value).toEqual([]);
  });

  test("half of a character is not sent: it would end the connection", async () => {
    const tab = browser.open();
    await tab.outbox.put(post("cut \ud83d off, whole \ud83d\ude00"));
    expect(tab.texts).toEqual(["cut \ufffd off, whole \ud83d\ude00"]);
  });

  test("the order does not hang on a clock that may go back", async () => {
    const tab = browser.openOffline();
    await tab.outbox.put(post("a"));
    browser.clock.ms -= 3_600_000;
    await tab.outbox.put(post("b"));
    expect(tab.texts).toEqual(["a", "b"]);
  });
});

describe("persons", () => {
  test("nothing of ana's is sent while the server takes the page for ben", async () => {
    const tab = browser.open("ana", BEN);
    await tab.outbox.put(post("Ana's words."));
    await until(() => tab.link.state.value.is === "up");
    for (let n = 0; n < 50; n += 1) await turn();
    expect(browser.server.heard).toEqual([]);
    expect(tab.texts).toEqual(["Ana's words."]);
  });

  test("ben's page neither shows nor sends what ana's left", async () => {
    const ana = browser.openOffline();
    const { id } = await ana.outbox.put(post("Ana's words."));
    ana.die();
    const ben = browser.open("ben", BEN);
    await ben.outbox.put(post("Ben's words."));
    await until(() => browser.server.record.length === 1);
    await browser.clock.pass(5_000);
    expect(ben.outbox.waiting.value).toEqual([]);
    expect(browser.server.heard).not.toContain(id);
  });

  test("at sign-out what was not sent is forgotten in every tab, and nobody else's is", async () => {
    const ana = browser.openOffline();
    const other = browser.openOffline();
    const ben = browser.openOffline("ben");
    await ben.outbox.put(post("Ben's words."));
    await ana.outbox.put(post("Ana's words."));
    await other.waits((rows) => rows.length === 1);
    await ana.outbox.clear();
    expect(ana.outbox.waiting.value).toEqual([]);
    await other.waits((rows) => rows.length === 0);
    expect(other.outbox.recorded.value).toEqual(new Set());
    expect(ben.texts).toEqual(["Ben's words."]);
  });
});

/** A transaction that keeps all others from writing until it is released. */
async function occupied(): Promise<{ release: () => void }> {
  const database = await new Promise<IDBDatabase>((opened) => {
    const opening = indexedDB.open("curbside.outbox");
    opening.onsuccess = () => opened(opening.result);
  });
  const store = database.transaction("commands", "readwrite").objectStore("commands");
  let occupied = true;
  const stay = () => {
    if (occupied) store.count().onsuccess = stay;
    else database.close();
  };
  stay();
  return {
    release: () => {
      occupied = false;
    },
  };
}
