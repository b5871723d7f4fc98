import { expect, test } from "vitest";
import { Problem } from "../../src/http/problem.ts";
import { FOR_EVER_MS, type Profile, type Reach, unsaid } from "../../src/reach/profile.ts";
import { ReachStore } from "../../src/reach/store.ts";

const NOW = 1_800_000_000_000;
const ZONE = "Africa/Nairobi";

/** A server that keeps what it is told. */
class Server {
  said: Reach = { profile: null, specialty: "cardiology", most_per_hour: 4, shifts: [], keeps: [] };
  refuses: string | undefined;

  async get<T>(): Promise<T> {
    return this.said as T;
  }

  async put<T>(path: string, content: unknown): Promise<T> {
    if (this.refuses) throw new Problem(422, "invalid", this.refuses);
    const before = this.said.profile ?? unsaid("UTC");
    const profile = path.endsWith("undisturbed")
      ? { ...before, undisturbed_until: (content as { until: number | null }).until }
      : (content as Profile);
    this.said = { ...this.said, profile };
    return this.said as T;
  }
}

async function opened(server = new Server()): Promise<[ReachStore, Server]> {
  const store = new ReachStore(server, ZONE, () => NOW);
  await store.read();
  return [store, server];
}

test("who has said nothing begins in the time zone of the device", async () => {
  const [store] = await opened();
  expect(store.draft.value).toMatchObject({ zone: ZONE, rows: [], quiet: null, stat_through: false });
  expect(store.changed.value).toBe(false);
});

test("what is changed is kept when one says so", async () => {
  const [store, server] = await opened();
  store.set("rows", [{ days: [1, 2], begins: "08:00", ends: "18:00" }]);
  store.set("per_hour", 2);
  expect(store.changed.value).toBe(true);
  expect(server.said.profile).toBeNull();
  expect(await store.keep()).toBe(true);
  expect(store.changed.value).toBe(false);
  expect(server.said.profile).toEqual({
    ...unsaid(ZONE),
    per_hour: 2,
    hours: [
      { day: 1, begins: "08:00", ends: "18:00" },
      { day: 2, begins: "08:00", ends: "18:00" },
    ],
  });
});

test.each([
  ["hour", NOW + 3_600_000],
  ["eight", NOW + 8 * 3_600_000],
  ["for_ever", FOR_EVER_MS],
] as const)("do not disturb, for %s, is one tap and drops no draft", async (length, until) => {
  const [store, server] = await opened();
  store.set("per_hour", 1);
  await store.disturbNot(length);
  expect(server.said.profile?.undisturbed_until).toBe(until);
  expect(store.draft.value?.per_hour).toBe(1);
  await store.keep();
  expect(server.said.profile).toMatchObject({ per_hour: 1, undisturbed_until: until });
  await store.disturbNot(null);
  expect(server.said.profile?.undisturbed_until).toBeNull();
});

test("what lacks a part is not sent", async () => {
  const [store, server] = await opened();
  store.set("quiet", { begins: "22:00", ends: "" });
  expect(await store.keep()).toBe(false);
  store.set("quiet", null);
  store.set("rows", [{ days: [], begins: "08:00", ends: "18:00" }]);
  expect(await store.keep()).toBe(false);
  expect(store.wrong.value).toMatch(/at least one day/);
  expect(server.said.profile).toBeNull();
});

test("what the server refuses is said, and stays to be mended", async () => {
  const [store, server] = await opened();
  server.refuses = "That is no time zone.";
  store.set("zone", "Mars/Base");
  expect(await store.keep()).toBe(false);
  expect([store.wrong.value, store.changed.value]).toEqual(["That is no time zone.", true]);
  server.refuses = undefined;
  expect(await store.keep()).toBe(true);
  expect(store.wrong.value).toBeUndefined();
});
