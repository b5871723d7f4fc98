import { expect, test } from "vitest";
import { type AdverseEvent, AdverseEvents } from "../../src/adverse/events.ts";
import { Offline, Problem } from "../../src/http/problem.ts";

const ONE: AdverseEvent = {
  id: "a",
  room: "case1",
  patient: "40-64, f",
  reporter: "physician",
  product: "Antivenin",
  event: "Rash.",
  reported_at: 1,
  due_at: 9,
  institution: "corp",
  acknowledged_at: null,
};

/** A server that has these, or is `wrong`. */
class Server {
  all: readonly AdverseEvent[] = [ONE, { ...ONE, id: "b", acknowledged_at: 2 }];
  wrong: Error | null = null;

  async get<T>(): Promise<T> {
    if (this.wrong) throw this.wrong;
    return { adverse_events: this.all } as T;
  }

  async post<T>(): Promise<T> {
    if (this.wrong) throw this.wrong;
    return undefined as T;
  }
}

const ids = (events: readonly AdverseEvent[]) => events.map(({ id }) => id);

async function read(): Promise<[AdverseEvents, Server]> {
  const server = new Server();
  const events = new AdverseEvents(server, () => 7);
  await events.read();
  return [events, server];
}

test("those that wait stand apart from those acknowledged", async () => {
  const [events] = await read();
  expect([ids(events.open), ids(events.settled)]).toEqual([["a"], ["b"]]);
});

test("one that is acknowledged stays in its place until the next reading", async () => {
  const [events, server] = await read();
  expect(await events.acknowledge(ONE)).toBeUndefined();
  expect([events.open[0]?.acknowledged_at, ids(events.settled)]).toEqual([7, ["b"]]);
  server.all = server.all.map((one) => ({ ...one, acknowledged_at: 7 }));
  await events.read();
  expect([ids(events.open), ids(events.settled)]).toEqual([[], ["a", "b"]]);
});

test("one that could not be acknowledged waits on, with a sentence that says why", async () => {
  const [events, server] = await read();
  server.wrong = new Offline();
  expect(await events.acknowledge(ONE)).toContain("not acknowledged yet");
  server.wrong = new Problem(404, "not_found", "There is none.");
  expect(await events.acknowledge(ONE)).toBe("There is none.");
  expect(events.open[0]?.acknowledged_at).toBeNull();
});

test("what was known stays when the server is away", async () => {
  const [events, server] = await read();
  server.wrong = new Offline();
  await events.read();
  expect(events.failed.value).toBe(true);
  expect(ids(events.open)).toEqual(["a"]);
});

test("that they were not reached is said until they are", async () => {
  const [events, server] = await read();
  server.wrong = new Offline();
  await events.read();
  const again = events.read();
  expect(events.failed.value).toBe(true);
  await again;
  server.wrong = null;
  await events.read();
  expect(events.failed.value).toBe(false);
});
