import { type ReadonlySignal, signal } from "@preact/signals";
import type { Api } from "../http/api.ts";
import { Newest } from "../http/newest.ts";
import { told } from "../http/told.ts";
import "../words/more/rosters.ts";

export interface Roster {
  readonly id: string;
  readonly institution: string;
  readonly name: string;
  readonly specialty: string;
  readonly zone: string;
}

export interface Kept {
  readonly institution: string;
  readonly rosters: readonly Roster[];
  /** Handles. */
  readonly keepers: readonly string[];
}

/** Times are local, as `2026-03-02T20:00`. `every_weeks` 0: once. */
export interface NewShift {
  readonly handle: string;
  readonly starts: string;
  readonly ends: string;
  readonly every_weeks: number;
  readonly until: string | null;
}

export interface Shift extends NewShift {
  readonly id: string;
}

type Asks = Pick<Api, "get" | "post" | "put" | "give" | "delete">;

/** The rosters that one keeps, and the shifts of the one that is open; read anew after each change. */
export class RosterStore {
  readonly #api: Asks;
  readonly #newest = new Newest<{ readonly institutions: readonly Kept[] }>();
  readonly #kept = signal<readonly Kept[] | null>(null);
  readonly #shifts = signal<readonly Shift[] | null>(null);
  readonly #wrong = signal<string | undefined>(undefined);

  constructor(api: Asks) {
    this.#api = api;
  }

  /** Null until the server has answered. */
  get kept(): ReadonlySignal<readonly Kept[] | null> {
    return this.#kept;
  }

  get shifts(): ReadonlySignal<readonly Shift[] | null> {
    return this.#shifts;
  }

  /** Why the server could not be asked. */
  get wrong(): ReadonlySignal<string | undefined> {
    return this.#wrong;
  }

  async read(): Promise<void> {
    this.#wrong.value = await told("rosters.failed", () =>
      this.#newest.ask(
        () => this.#api.get("/api/rosters"),
        ({ institutions }) => {
          this.#kept.value = institutions;
        },
      ),
    );
  }

  /** Read the shifts of a roster. This and the rest resolve with what is wrong, if anything. */
  open(id: string): Promise<string | undefined> {
    this.#shifts.value = null;
    return told("rosters.failed", () => this.#readShifts(id));
  }

  add(wish: Omit<Roster, "id">): Promise<string | undefined> {
    return this.#changed(() => this.#api.post("/api/rosters", wish));
  }

  remove(id: string): Promise<string | undefined> {
    return this.#changed(() => this.#api.delete(`/api/rosters/${id}`));
  }

  nameKeepers(institution: string, handles: readonly string[]): Promise<string | undefined> {
    return this.#changed(() => this.#api.put("/api/rosters/keepers", { institution, handles }));
  }

  addShift(id: string, shift: NewShift): Promise<string | undefined> {
    return told("rosters.failed", async () => {
      await this.#api.post(`/api/rosters/${id}/shifts`, shift);
      await this.#readShifts(id);
    });
  }

  removeShift(id: string, shift: string): Promise<string | undefined> {
    return told("rosters.failed", async () => {
      await this.#api.delete(`/api/rosters/${id}/shifts/${shift}`);
      await this.#readShifts(id);
    });
  }

  /** Write the shifts of a CSV file; `added` is told how many are new. */
  bring(id: string, file: Blob, replace: boolean, added: (count: number) => void): Promise<string | undefined> {
    return told("rosters.failed", async () => {
      const csv = new Blob([file], { type: "text/csv" });
      added((await this.#api.give<{ added: number }>(`/api/rosters/${id}/file?replace=${replace}`, csv)).added);
      await this.#readShifts(id);
    });
  }

  async #readShifts(id: string): Promise<void> {
    this.#shifts.value = (await this.#api.get<{ shifts: readonly Shift[] }>(`/api/rosters/${id}`)).shifts;
  }

  #changed(change: () => Promise<unknown>): Promise<string | undefined> {
    return told("rosters.failed", async () => {
      await change();
      await this.read();
    });
  }
}
