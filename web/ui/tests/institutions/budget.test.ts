import { beforeEach, expect, test } from "vitest";
import { Problem } from "../../src/http/problem.ts";
import { type AwardBudget, centsIn, InstitutionBudget, typedOf } from "../../src/institutions/budget.ts";

const BUDGET: AwardBudget = {
  year_cents: null,
  exports: [{ number: 3, year: 2026, at: 1 }],
  currency: "USD",
  least_cents: 500,
  most_cents: 2_500,
  case_cents: 10_000,
  author_cents: 100_000,
  policy: "ppp_with_floor",
};

/** A server by hand: what it was asked, and what it answers. */
class Server {
  readonly asked: string[] = [];
  payees: unknown[] = [];
  problem: Problem | undefined;

  get = (path: string) => this.#did(`GET ${path}`, path.endsWith("budget") ? BUDGET : { payees: this.payees });
  put = (path: string, content: unknown) => this.#did(`PUT ${path} ${JSON.stringify(content)}`, content);

  async #did(what: string, answer: unknown): Promise<unknown> {
    this.asked.push(what);
    if (this.problem) throw this.problem;
    return answer;
  }
}

let server: Server;
let store: InstitutionBudget;

beforeEach(() => {
  server = new Server();
  store = new InstitutionBudget(server as never, "Lake hospital");
});

test.each([
  ["2500", 250_000],
  ["2 500.50", 250_050],
  ["2500,5", 250_050],
  ["0", 0],
  ["0.05", 5],
])("%s is a sum", (typed, cents) => {
  expect(centsIn(typed)).toBe(cents);
});

test.each(["", "many", "-5", "1.234", "1,000.00", "12.", "1e3"])("%s is none", (typed) => {
  expect(centsIn(typed)).toBeUndefined();
});

test("what is typed anew is the sum that was set", () => {
  expect([typedOf(null), typedOf(250_000), typedOf(250_050), typedOf(5)]).toEqual(["", "2500", "2500.50", "0.05"]);
});

test("a budget that is set stands at once, with the terms as they were", async () => {
  await store.read();
  expect(await store.set(250_000)).toBeUndefined();
  expect(store.budget.value).toEqual({ ...BUDGET, year_cents: 250_000 });
  expect(server.asked).toEqual([
    "GET /api/institutions/Lake%20hospital/award-budget",
    'PUT /api/institutions/Lake%20hospital/award-budget {"year_cents":250000}',
  ]);
});

test("what is refused is said in the server's words, and the budget stays", async () => {
  await store.read();
  server.problem = new Problem(422, "invalid", "A budget is a whole number of cents.");
  expect(await store.set(1)).toBe("A budget is a whole number of cents.");
  expect([store.budget.value, store.wrong.value]).toEqual([BUDGET, undefined]);
});

test("whom an export pays is told, or why not", async () => {
  server.payees = [{ person: "p1" }];
  expect(await store.payees({ number: 3, year: 2026, at: 1 })).toEqual([{ person: "p1" }]);
  expect(server.asked).toEqual(["GET /api/institutions/Lake%20hospital/award-exports/3"]);
  server.problem = new Problem(404, "not_found", "There is no such export of that institution.");
  expect(await store.payees({ number: 9, year: 2026, at: 1 })).toContain("no such export");
});

test("a server that is away is said, and asked again", async () => {
  server.problem = new Problem(503, "unavailable", "Come back.");
  await store.read();
  expect([store.budget.value, store.wrong.value]).toEqual([null, "Come back."]);
  server.problem = undefined;
  await store.read();
  expect([store.budget.value, store.wrong.value]).toEqual([BUDGET, undefined]);
});
