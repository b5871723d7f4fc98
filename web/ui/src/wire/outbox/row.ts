/** A command as it is kept, and what keeps it. */

import type { Command } from "../outbox.ts";
import type { Refusal } from "../refusals.ts";

/** `instance` is the page that sends it. `made_at` is Unix ms, and later than that of every command before it. */
export interface Row {
  readonly id: string;
  readonly person: string;
  readonly instance: string;
  readonly made_at: number;
  readonly command: Command;
  readonly refusal?: Refusal;
}

/** What outlives the page. Every method may reject, and may be called again then: twice is as good as once. */
export interface Disk {
  /** The rows of `person` from all pages. */
  of(person: string): Promise<readonly Row[]>;
  /** Resolves once `row` is on the disk itself, as far as the browser lets us ask. */
  add(row: Row): Promise<void>;
  /** Note the refusal at the row, if it is still there. */
  refuse(id: string, refusal: Refusal): Promise<void>;
  remove(id: string): Promise<void>;
  /** Give the rows of the page `from` to the page `to`; of two pages that ask, one gets them. */
  adopt(person: string, from: string, to: string): Promise<void>;
  clear(person: string): Promise<void>;
}

/** Until when (Unix ms) each page is to be taken for alive. */
export interface Leases {
  renew(instance: string, until: number): Promise<void>;
  /** 0 for a page that has none. */
  until(instance: string): Promise<number>;
  release(instance: string): Promise<void>;
}
