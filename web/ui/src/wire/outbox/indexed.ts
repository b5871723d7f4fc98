/** The outbox's disk: IndexedDB. */

import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Refusal } from "../refusals.ts";
import type { Disk, Leases, Row } from "./row.ts";

interface Schema extends DBSchema {
  commands: { key: string; value: Row; indexes: { person: string } };
  leases: { key: string; value: { readonly instance: string; readonly until: number } };
}

type Database = IDBPDatabase<Schema>;

export class IndexedDisk implements Disk, Leases {
  #database: Promise<Database> | null = null;

  of(person: string): Promise<readonly Row[]> {
    return this.#on((database) => database.getAllFromIndex("commands", "person", person));
  }

  add(row: Row): Promise<void> {
    return this.#on(async (database) => {
      const writing = database.transaction("commands", "readwrite", { durability: "strict" });
      await Promise.all([writing.store.put(row), writing.done]);
    });
  }

  refuse(id: string, refusal: Refusal): Promise<void> {
    return this.#on(async (database) => {
      const writing = database.transaction("commands", "readwrite");
      const row = await writing.store.get(id);
      if (row) await writing.store.put({ ...row, refusal });
      await writing.done;
    });
  }

  remove(id: string): Promise<void> {
    return this.#on((database) => database.delete("commands", id));
  }

  adopt(person: string, from: string, to: string): Promise<void> {
    return this.#on(async (database) => {
      const writing = database.transaction("commands", "readwrite", { durability: "strict" });
      const rows = await writing.store.index("person").getAll(person);
      const orphans = rows.filter(({ instance }) => instance === from);
      await Promise.all([...orphans.map((row) => writing.store.put({ ...row, instance: to })), writing.done]);
    });
  }

  clear(person: string): Promise<void> {
    return this.#on(async (database) => {
      const writing = database.transaction("commands", "readwrite", { durability: "strict" });
      const ids = await writing.store.index("person").getAllKeys(person);
      await Promise.all([...ids.map((id) => writing.store.delete(id)), writing.done]);
    });
  }

  renew(instance: string, until: number): Promise<void> {
    return this.#on(async (database) => {
      await database.put("leases", { instance, until });
    });
  }

  until(instance: string): Promise<number> {
    return this.#on(async (database) => (await database.get("leases", instance))?.until ?? 0);
  }

  release(instance: string): Promise<void> {
    return this.#on((database) => database.delete("leases", instance));
  }

  async close(): Promise<void> {
    const database = await this.#database?.catch(() => null);
    database?.close();
  }

  /** Twice, on a fresh connection: browsers drop those of pages that slept. */
  async #on<T>(act: (database: Database) => Promise<T>): Promise<T> {
    try {
      return await act(await this.#opened());
    } catch {
      await this.close();
      this.#database = null;
      return act(await this.#opened());
    }
  }

  #opened(): Promise<Database> {
    this.#database ??= openDB<Schema>("curbside.outbox", 1, {
      upgrade(database) {
        database.createObjectStore("commands", { keyPath: "id" }).createIndex("person", "person");
        database.createObjectStore("leases", { keyPath: "instance" });
      },
      // A later version of this page, in another tab, could not open its own otherwise.
      blocking: (_from, _to, { target }) => (target as IDBDatabase).close(),
    });
    return this.#database;
  }
}
