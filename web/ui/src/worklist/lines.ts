import type { CaseFrame } from "../wire/frames.ts";
import { stepOf } from "./order.ts";
import type { CaseLine } from "./ports.ts";
import type { Line } from "./store.ts";

/** Of which cases one wants to see lines; all unless named. */
export interface Wish {
  readonly specialties?: readonly string[] | undefined;
  readonly languages?: readonly string[] | undefined;
}

/** The lines that are known, by room. Two sources tell of them, in no certain order: a list, and frames. */
export class Lines {
  readonly #lines = new Map<string, Line>();
  #told = new Set<string>();

  get all(): Iterable<Line> {
    return this.#lines.values();
  }

  /** A list is about to be read: from here on frames tell what it may be too old to know. */
  listing(): void {
    this.#told = new Set();
  }

  /** Take a page of the list. What is closed never opens again, and who has help never has less again. */
  list(page: readonly CaseLine[]): void {
    for (const listed of page) {
      const known = this.#lines.get(listed.id);
      if (known?.status !== "closed") this.#lines.set(listed.id, { ...lineOf(listed), ...helped(known, listed) });
    }
  }

  /** The rooms of which the whole list, and no frame since, knows nothing: they have closed, or are not for us. */
  unlisted(listed: ReadonlySet<string>): string[] {
    const open = [...this.#lines.values()].filter(({ status }) => status === "open");
    return open.map(({ room }) => room).filter((room) => !listed.has(room) && !this.#told.has(room));
  }

  /** Take a frame of a case that is open. */
  tell(frame: CaseFrame): void {
    this.#told.add(frame.room);
    if (this.#lines.get(frame.room)?.status !== "closed") this.#lines.set(frame.room, told(frame));
  }

  /** A case has closed: its line keeps its place. Whether it has one. */
  close(room: string): boolean {
    const line = this.#lines.get(room);
    this.#told.add(room);
    if (line?.status === "open") this.#lines.set(room, { ...line, status: "closed" });
    return line?.status === "open";
  }

  drop(room: string): void {
    this.#lines.delete(room);
  }
}

/** Whether a case is one of those that are wished for, as the server decides it. */
export function wanted({ specialties, languages }: Wish, line: CaseLine): boolean {
  return meets(specialties, line.specialties) && meets(languages, line.languages);
}

function meets(wish: readonly string[] | undefined, offered: readonly string[]): boolean {
  return wish === undefined || wish.length === 0 || wish.some((one) => offered.includes(one));
}

function lineOf({ id, ...rest }: CaseLine): Line {
  return { room: id, ...rest };
}

function helped(known: Line | undefined, listed: CaseLine): Partial<Line> {
  if (known === undefined) return {};
  const here = known.here === undefined ? {} : { here: known.here };
  const { help, help_at } = known;
  const further = help !== undefined && help_at !== undefined && stepOf(known) > stepOf(listed);
  return { ...here, ...(further && { help, help_at }) };
}

function told({ t: _, change: __, waiting: ___, acuity, ...rest }: CaseFrame): Line {
  return { ...rest, acuity: acuity as Line["acuity"], status: "open" };
}
