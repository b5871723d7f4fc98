import { expect, test } from "vitest";
import { ArchivedLines } from "../../src/archive/list.ts";
import type { ArchivedLine, ClosedLine, Page } from "../../src/archive/records.ts";
import { Offline } from "../../src/http/problem.ts";

const closed = (n: number): ClosedLine => ({
  id: `c${n}`,
  title: `Case ${n}`,
  acuity: "urgent",
  specialties: ["cardiology"],
  languages: ["en"],
  opened_at: n * 1_000,
  closed_at: n * 1_000 + 500,
});
const sealed = (n: number): ArchivedLine => ({ ...closed(n), sealed_at: n * 1_000 + 900, events: 7 });

/** A server with these cases: newest first, two on a page. */
class Site {
  closed: ClosedLine[] = [];
  sealed: ArchivedLine[] = [];
  reached = true;

  get = async <T>(path: string): Promise<T> => {
    if (!this.reached) throw new Offline();
    return (path.startsWith("/api/archive") ? this.#page(path) : { cases: this.closed, next: null }) as T;
  };

  #page(path: string): Page<ArchivedLine> {
    const after = new URLSearchParams(path.split("?")[1]).get("after");
    const from = after === null ? 0 : this.sealed.findIndex((line) => line.id === after) + 1;
    const cases = this.sealed.slice(from, from + 2);
    return { cases, next: cases.length === 2 ? (cases[1]?.id ?? null) : null };
  }
}

function site(...numbers: number[]): Site {
  const there = new Site();
  there.closed = numbers.map(closed);
  there.sealed = numbers.map(sealed);
  return there;
}

const ids = (list: ArchivedLines) => list.lines.value.map((line) => line.id);

test("pages follow one another to the end", async () => {
  const list = new ArchivedLines(site(5, 4, 3));
  await list.refresh();
  expect([ids(list), list.next.value, list.state.value]).toEqual([["c5", "c4"], "c4", "ready"]);
  await list.more();
  expect([ids(list), list.next.value]).toEqual([["c5", "c4", "c3"], null]);
});

test("what is closed and not in the archive is being sealed, until it is there", async () => {
  const there = site(4, 3);
  there.closed = [closed(5), ...there.closed];
  const list = new ArchivedLines(there);
  await list.refresh();
  expect(list.sealing.value.map((line) => line.id)).toEqual(["c5"]);
  there.sealed = [sealed(5), ...there.sealed];
  await list.refresh();
  expect([ids(list), list.sealing.value]).toEqual([["c5", "c4", "c3"], []]);
});

test("what is older than the page of the archive is not taken for unsealed", async () => {
  const list = new ArchivedLines(site(5, 4, 3, 2));
  await list.refresh();
  expect(list.sealing.value).toEqual([]);
});

test("reading the first page again keeps the pages behind it", async () => {
  const there = site(5, 4, 3, 2, 1);
  const list = new ArchivedLines(there);
  await list.refresh();
  await list.more();
  there.sealed = [sealed(6), ...there.sealed];
  await list.refresh();
  expect([ids(list), list.next.value]).toEqual([["c6", "c5", "c4", "c3", "c2"], "c2"]);
});

test("a server that is not reached takes nothing away", async () => {
  const there = site(5, 4, 3);
  const list = new ArchivedLines(there);
  await list.refresh();
  there.reached = false;
  await list.more();
  expect([ids(list), list.state.value]).toEqual([["c5", "c4"], "failed"]);
  there.reached = true;
  await list.more();
  expect([ids(list), list.state.value]).toEqual([["c5", "c4", "c3"], "ready"]);
});
