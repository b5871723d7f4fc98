import { expect, test } from "vitest";
import { Offline, Problem } from "../../src/http/problem.ts";
import { type FlaggedPost, ModerationDesk, type Sanction } from "../../src/moderation/desk.ts";

const POST: FlaggedPost = {
  room: "case1",
  target: "p1",
  since: 1,
  count: 1,
  reasons: { danger: 1 },
  flags: [],
  names: {},
};

/** A server that answers with these, and writes down what it was sent. */
class Server {
  readonly sent: [string, unknown][] = [];
  readonly answers = new Map<string, unknown>([
    ["/api/moderation/flags", { posts: [POST] }],
    ["/api/moderation/sanctions", { sanctions: [] }],
    ["/api/moderation/rings", { rings: [] }],
  ]);
  wrong: Error | null = null;

  async get<T>(path: string): Promise<T> {
    if (!this.answers.has(path)) throw new Offline();
    return this.answers.get(path) as T;
  }

  async post<T>(path: string, content: unknown): Promise<T> {
    if (this.wrong) throw this.wrong;
    this.sent.push([path, content]);
    return {} as T;
  }
}

async function loaded(): Promise<[ModerationDesk, Server]> {
  const server = new Server();
  const desk = new ModerationDesk(server);
  await desk.load();
  return [desk, server];
}

test("everything is there once it is loaded", async () => {
  const [desk] = await loaded();
  expect([desk.posts.value, desk.sanctions.value, desk.rings.value]).toEqual([[POST], [], []]);
  expect(desk.failed.value).toBe(false);
});

test("what cannot be loaded is said, and can be tried again", async () => {
  const [desk, server] = await loaded();
  server.answers.delete("/api/moderation/rings");
  await desk.load();
  expect(desk.failed.value).toBe(true);
  server.answers.set("/api/moderation/rings", { rings: [] });
  await desk.load();
  expect(desk.failed.value).toBe(false);
});

test("a decision is sent with its reason, and the flags are read anew", async () => {
  const [desk, server] = await loaded();
  server.answers.set("/api/moderation/flags", { posts: [] });
  expect(await desk.decide(POST, "dismissed", "Sound advice.")).toBeUndefined();
  const sent = { room: "case1", target: "p1", decision: "dismissed", reason: "Sound advice." };
  expect(server.sent).toEqual([["/api/moderation/flags/decisions", sent]]);
  expect(desk.posts.value).toEqual([]);
});

test("what is refused changes nothing, and is told in the server's words", async () => {
  const [desk, server] = await loaded();
  server.wrong = new Problem(409, "conflict", "No flag of this post waits for a decision.");
  expect(await desk.decide(POST, "upheld", "It is.")).toBe("No flag of this post waits for a decision.");
  expect(desk.posts.value).toEqual([POST]);
});

test("where no server answers, it says so", async () => {
  const [desk, server] = await loaded();
  server.wrong = new Offline();
  expect(await desk.lift({ id: "s1" } as Sanction, "Enough.")).toMatch(/not reached/);
});
