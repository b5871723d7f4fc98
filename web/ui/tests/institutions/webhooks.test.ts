import { beforeEach, expect, test } from "vitest";
import { Problem } from "../../src/http/problem.ts";
import { resultIn } from "../../src/institutions/WebhookRow.tsx";
import { type Webhook, Webhooks } from "../../src/institutions/webhooks.ts";

const PAGER: Webhook = {
  institution: "Lake hospital",
  id: "c1",
  label: "Pagers",
  address: "pager.example",
  results: [],
};
const AT = 1_800_000_000_000;

/** A server by hand: what it was asked, and what it answers. */
class Server {
  readonly asked: string[] = [];
  webhooks: Webhook[] = [PAGER];
  answer: unknown = {};
  problem: Problem | undefined;

  get = (path: string) => this.#did("GET", path, { webhooks: this.webhooks });
  post = (path: string, content: unknown) => this.#did(`POST ${JSON.stringify(content)}`, path, this.answer);
  delete = (path: string) => this.#did("DELETE", path, undefined);

  async #did(what: string, path: string, answer: unknown): Promise<unknown> {
    this.asked.push(`${what} ${path}`);
    if (this.problem) throw this.problem;
    return answer;
  }
}

let server: Server;
let store: Webhooks;

beforeEach(() => {
  server = new Server();
  store = new Webhooks(server as never);
});

test("what is added is read anew, and its secret is there until one has kept it", async () => {
  server.answer = { ...PAGER, secret: "whsec_x" };
  expect(await store.add("Lake hospital", "https://pager.example/", "Pagers")).toBeUndefined();
  expect(server.asked).toEqual([
    'POST {"url":"https://pager.example/","label":"Pagers"} /api/institutions/Lake%20hospital/webhooks',
    "GET /api/institutions/webhooks",
  ]);
  expect(store.secret.value).toEqual({ of: "Pagers", secret: "whsec_x" });
  expect(store.all.value).toEqual([PAGER]);
  store.kept();
  expect(store.secret.value).toBeNull();
});

test("a test says what went wrong, and its result is read", async () => {
  server.answer = { error: "http_503" };
  expect(await store.test(PAGER)).toContain("http_503");
  server.answer = { error: null };
  expect(await store.test(PAGER)).toBeUndefined();
  expect(server.asked.filter((one) => one.startsWith("GET"))).toHaveLength(2);
});

test("what is removed is gone from the list", async () => {
  await store.read();
  server.webhooks = [];
  expect(await store.remove(PAGER)).toBeUndefined();
  expect(server.asked[1]).toBe("DELETE /api/institutions/Lake%20hospital/webhooks/c1");
  expect(store.all.value).toEqual([]);
});

test("what is refused is said in the server's words, and changes nothing", async () => {
  await store.read();
  server.problem = new Problem(404, "not_found", "Nobody here is of this institution. Check its name.");
  expect(await store.add("Nowhere", "https://a.example/", "")).toContain("Check its name");
  expect([store.secret.value, store.all.value]).toEqual([null, [PAGER]]);
});

test("what waits after an error is tried again", () => {
  const result = { at: AT, state: "waiting", attempts: 2 } as const;
  expect(resultIn({ ...result, error: "timeout" })).toContain("did not go (timeout), is tried again");
  expect(resultIn(result)).toContain("tries so far: 2");
  expect(resultIn({ ...result, state: "sent" })).toContain("taken");
});
