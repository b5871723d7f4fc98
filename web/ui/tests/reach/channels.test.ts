import { beforeEach, expect, test, vi } from "vitest";
import { Problem } from "../../src/http/problem.ts";
import { type Channel, ChannelsStore } from "../../src/reach/channels.ts";

const PHONE: Channel = { id: "c1", kind: "sms", label: "Ward", address: "+41 … 00" };

/** A server by hand: what it was asked, and what it answers. */
class Server {
  readonly asked: (readonly [string, string, unknown?])[] = [];
  channels: Channel[] = [];
  answer: unknown = {};
  problem: Problem | undefined;

  get = async (path: string) => {
    this.asked.push(["GET", path]);
    return { channels: this.channels, offered: ["push", "sms"] };
  };
  post = (path: string, content: unknown) => this.#did("POST", path, content);
  put = (path: string, content?: unknown) => this.#did("PUT", path, content);
  delete = (path: string) => this.#did("DELETE", path);

  async #did(method: string, path: string, content?: unknown): Promise<unknown> {
    this.asked.push([method, path, content]);
    if (this.problem) throw this.problem;
    return this.answer;
  }
}

let server: Server;
let store: ChannelsStore;

beforeEach(() => {
  server = new Server();
  store = new ChannelsStore(server as never);
});

test("what is added is read anew, and its secret is kept until one has it", async () => {
  server.answer = { id: "c1", secret: "whsec_x" };
  server.channels = [PHONE];
  expect(await store.add("webhook", "https://a.example/", "Pager")).toBe(true);
  expect(server.asked[0]).toEqual([
    "POST",
    "/api/me/channels",
    { kind: "webhook", to: "https://a.example/", label: "Pager" },
  ]);
  expect(store.secret.value).toBe("whsec_x");
  expect(store.all.value?.channels).toEqual([PHONE]);
});

test("what was refused is said, and the list is as the server has it", async () => {
  server.problem = new Problem(422, "invalid", "This is no telephone number.");
  server.channels = [PHONE];
  expect(await store.add("sms", "112", "")).toBe(false);
  expect(store.error.value).toBe("This is no telephone number.");
  expect(store.all.value?.channels).toEqual([PHONE]);
});

test("the next act that is done takes back what was said", async () => {
  server.problem = new Problem(422, "invalid", "No.");
  await store.prove("c1", "000000");
  server.problem = undefined;
  await store.prove("c1", "123456");
  expect(store.error.value).toBeUndefined();
});

test("a try says what came of it", async () => {
  vi.setSystemTime(1_000);
  server.answer = { error: "http_410" };
  await store.test("c1");
  expect(store.tried.value).toEqual({ c1: { at: 1_000, error: "http_410" } });
  vi.useRealTimers();
});

test("what a channel is for is told as a whole", async () => {
  await store.choose("c1", ["page"]);
  expect(server.asked[0]).toEqual(["PUT", "/api/me/channels/c1", { notices: ["page"] }]);
});
