import { expect, test } from "vitest";
import { Problem } from "../../src/http/problem.ts";
import { type NewShift, RosterStore, type Shift } from "../../src/rosters/store.ts";

const SHIFT: NewShift = {
  handle: "ben",
  starts: "2026-03-02T20:00",
  ends: "2026-03-03T08:00",
  every_weeks: 0,
  until: null,
};

/** A server with one roster. */
class Server {
  shifts: Shift[] = [];
  asked: string[] = [];
  refuses = false;

  async get<T>(path: string): Promise<T> {
    this.#ask(`GET ${path}`);
    if (path !== "/api/rosters") return { shifts: [...this.shifts] } as T;
    return { institutions: [{ institution: "lake", rosters: [], keepers: [] }] } as T;
  }

  async post<T>(path: string, content: unknown): Promise<T> {
    this.#ask(`POST ${path}`);
    this.shifts.push({ ...(content as NewShift), id: `s${this.shifts.length}` });
    return { added: 1 } as T;
  }

  async put<T>(path: string): Promise<T> {
    this.#ask(`PUT ${path}`);
    return undefined as T;
  }

  async give<T>(path: string): Promise<T> {
    this.#ask(`POST ${path}`);
    return { added: 7 } as T;
  }

  async delete(path: string): Promise<void> {
    this.#ask(`DELETE ${path}`);
    this.shifts = this.shifts.filter(({ id }) => !path.endsWith(id));
  }

  #ask(what: string): void {
    this.asked.push(what);
    if (this.refuses) throw new Problem(422, "invalid", "Not so.");
  }
}

test("shifts are read anew after each change", async () => {
  const server = new Server();
  const store = new RosterStore(server);
  expect(await store.open("r1")).toBeUndefined();
  expect(store.shifts.value).toEqual([]);
  await store.addShift("r1", SHIFT);
  expect(store.shifts.value).toEqual([{ ...SHIFT, id: "s0" }]);
  await store.removeShift("r1", "s0");
  expect(store.shifts.value).toEqual([]);
});

test("a file says how many shifts are new", async () => {
  const server = new Server();
  let added = 0;
  await new RosterStore(server).bring("r1", new Blob(["x"]), true, (count) => {
    added = count;
  });
  expect([added, server.asked[0]]).toEqual([7, "POST /api/rosters/r1/file?replace=true"]);
});

test("rosters are read anew after a change of them", async () => {
  const server = new Server();
  const store = new RosterStore(server);
  for (const change of [
    () => store.add({ institution: "lake", name: "Heart", specialty: "cardiology", zone: "UTC" }),
    () => store.nameKeepers("lake", ["ben"]),
    () => store.remove("r1"),
  ]) {
    server.asked = [];
    expect(await change()).toBeUndefined();
    expect(server.asked.at(-1)).toBe("GET /api/rosters");
  }
  expect(store.kept.value).toHaveLength(1);
});

test("what is refused is a sentence and changes nothing here", async () => {
  const server = new Server();
  const store = new RosterStore(server);
  await store.open("r1");
  server.refuses = true;
  expect(await store.addShift("r1", SHIFT)).toBe("Not so.");
  expect(store.shifts.value).toEqual([]);
});
