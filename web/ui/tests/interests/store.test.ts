import { expect, test } from "vitest";
import { Offline, Problem } from "../../src/http/problem.ts";
import { draftOf } from "../../src/interests/draft.ts";
import { InterestStore } from "../../src/interests/store.ts";
import type { OwnInterests } from "../../src/interests/types.ts";

const NOTHING: OwnInterests = {
  natures: ["speaker"],
  payer_kinds: ["drug"],
  bands: ["none"],
  declared: [],
  history: [],
  imported: [],
  disputed: [],
};

/** A server that counts what it is told, and may refuse. */
class Server {
  readonly told: unknown[] = [];
  fails: Error | undefined;

  async get<T>(): Promise<T> {
    this.#check();
    return { ...NOTHING, history: this.told } as T;
  }

  async post<T>(_: string, wish: unknown): Promise<T> {
    this.#check();
    this.told.push(wish);
    return {} as T;
  }

  async delete(path: string): Promise<void> {
    this.#check();
    this.told.push(path);
  }

  #check(): void {
    if (this.fails) throw this.fails;
  }
}

test("what is declared or withdrawn is read again from the server", async () => {
  const server = new Server();
  const store = new InterestStore(server);
  expect(store.all.value).toBeNull();
  expect(await store.read()).toBeUndefined();
  expect(store.all.value?.history).toHaveLength(0);
  expect(await store.declare(draftOf(), "e1")).toBeUndefined();
  expect(server.told[0]).toMatchObject({ replaces: "e1" });
  expect(await store.withdraw("e2")).toBeUndefined();
  expect(server.told[1]).toBe("/api/me/interests/e2");
  expect(store.all.value?.history).toHaveLength(2);
});

test("what the server says no to is its sentence, and what it does not hear is ours", async () => {
  const server = new Server();
  const store = new InterestStore(server);
  server.fails = new Problem(422, "invalid", "It begins in the future.");
  expect(await store.declare(draftOf())).toBe("It begins in the future.");
  server.fails = new Offline();
  expect(await store.withdraw("e1")).toContain("could not be reached");
  expect(store.all.value).toBeNull();
});
