import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Disk, Row } from "../../src/wire/outbox/row.ts";
import { Shelf } from "../../src/wire/outbox/shelf.ts";
import { until } from "./browser.ts";
import { Browser, post } from "./tabs.ts";

describe("a browser that keeps nothing", () => {
  let browser: Browser;

  beforeEach(() => {
    browser = new Browser();
  });

  afterEach(async () => {
    vi.restoreAllMocks();
    await browser.close();
  });

  const full = () => {
    throw new DOMException("", "QuotaExceededError");
  };

  test("without a database a command is kept by the page alone, which says so, and is sent all the same", async () => {
    vi.spyOn(indexedDB, "open").mockImplementation(full);
    const tab = browser.openOffline();
    expect(tab.outbox.durable.value).toBe(true);
    const { id } = await tab.outbox.put(post("Start aspirin."));
    expect(tab.texts).toEqual(["Start aspirin."]);
    expect(tab.outbox.durable.value).toBe(false);
    await browser.reconnect();
    await tab.waits((rows) => rows.length === 0);
    expect(browser.server.heard).toEqual([id]);
    expect(tab.outbox.durable.value).toBe(true);
  });

  test("a refusal that cannot be noted on disk is not asked for again", async () => {
    const tab = browser.openOffline();
    const { id } = await tab.outbox.put(post("Start aspirin."));
    browser.server.refusals.set(id, [{ code: "room_closed", message: "This room is closed." }]);
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(full);
    await browser.reconnect();
    await tab.waits(([row]) => row?.state === "refused");
    await browser.clock.pass(5_000);
    expect(browser.server.heard).toEqual([id]);
  });

  test("a full disk keeps the order of the commands, and has them once there is room", async () => {
    const tab = browser.openOffline();
    const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(full);
    const made = [await tab.outbox.put(post("a")), await tab.outbox.put(post("b"))];
    put.mockRestore();
    made.push(await tab.outbox.put(post("c")));
    expect(tab.texts).toEqual(["a", "b", "c"]);
    await until(() => tab.outbox.durable.value);
    await tab.outbox.close();
    const next = browser.open();
    await until(() => browser.server.record.length === 3);
    await next.waits((rows) => rows.length === 0);
    expect(browser.server.record).toEqual(made.map(({ id }) => id));
  });

  test("a connection to the database that the browser dropped is made anew", async () => {
    const tab = browser.openOffline();
    await tab.outbox.put(post("a"));
    vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementationOnce(() => {
      throw new DOMException("", "InvalidStateError");
    });
    await tab.outbox.put(post("b"));
    expect(tab.outbox.durable.value).toBe(true);
  });
});

/** A disk in memory that takes what it is lucky enough to take. */
class Luck implements Disk {
  readonly rows = new Map<string, Row>();
  readonly #lucky: () => boolean;

  constructor(lucky: () => boolean) {
    this.#lucky = lucky;
  }

  of = async () => {
    this.#risk();
    return [...this.rows.values()];
  };
  add = async (row: Row) => {
    this.#risk();
    this.rows.set(row.id, row);
  };
  refuse = async (id: string, refusal: NonNullable<Row["refusal"]>) => {
    this.#risk();
    const row = this.rows.get(id);
    if (row) this.rows.set(id, { ...row, refusal });
  };
  remove = async (id: string) => {
    this.#risk();
    this.rows.delete(id);
  };
  adopt = async (_person: string, from: string, to: string) => {
    this.#risk();
    for (const row of this.rows.values()) if (row.instance === from) this.rows.set(row.id, { ...row, instance: to });
  };
  clear = async () => {
    this.#risk();
    this.rows.clear();
  };

  #risk(): void {
    if (!this.#lucky()) throw new DOMException("", "UnknownError");
  }
}

/** Numbers from 0 up to 1 that are the same for the same seed (mulberry32). */
function drawn(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test.each(Array.from({ length: 40 }, (_, seed) => [seed]))(
  "whatever a failing disk takes, the rows are what was done to them, and so is the disk in the end (%i)",
  async (seed) => {
    const draw = drawn(seed);
    let broken = 0;
    const disk = new Luck(() => draw() >= broken);
    const shelf = new Shelf("ana", disk, () => {});
    const done = new Map<string, Row>();
    const some = () => [...done.keys()].find(() => draw() < 0.3) ?? "none";
    const refusal = { code: "invalid", message: "No." } as const;
    const made = (n: number, instance: string) => {
      const row = { id: `c${n}`, person: "ana", instance, made_at: n, command: post("Words.") };
      done.set(row.id, row);
      return row;
    };
    const steps = [
      (n: number) => {
        const row = made(n, "here");
        return shelf.add(row);
      },
      () => {
        const id = some();
        done.delete(id);
        return shelf.remove(id);
      },
      () => {
        const id = some();
        const row = done.get(id);
        if (row) done.set(id, { ...row, refusal });
        return shelf.refuse(id, refusal);
      },
      () => {
        for (const row of done.values()) done.set(row.id, { ...row, instance: "here" });
        return shelf.adopt("there", "here");
      },
      () => {
        if (draw() < 0.8) return shelf.look();
        done.clear();
        return shelf.clear();
      },
    ];
    for (let n = -9; n < 0; n += 1) await disk.add(made(n, "there"));
    await shelf.look();
    broken = 0.5;
    for (let n = 0; n < 60; n += 1) {
      await steps[Math.floor(draw() * steps.length)]?.(n);
      expect(shelf.rows.value).toEqual([...done.values()]);
    }
    broken = 0;
    await shelf.look();
    expect(shelf.rows.value).toEqual([...done.values()]);
    expect(disk.rows).toEqual(done);
    expect(shelf.durable.value).toBe(true);
  },
);
