import { expect, test } from "vitest";
import { type ReceivedAward, ReceivedAwards } from "../../src/awards/received.ts";
import { Problem } from "../../src/http/problem.ts";

const award = { room: "case 1", number: 2, payer: null } as ReceivedAward;

class Server {
  readonly asked: [string, unknown][] = [];
  no: unknown = null;

  async get<T>(): Promise<T> {
    return { awards: [award], choice: { way: "blind", form: "cash" } } as T;
  }

  async put<T>(path: string, content?: unknown): Promise<T> {
    return this.#took(path, content) as T;
  }

  async post<T>(path: string, content: unknown): Promise<T> {
    return this.#took(path, content) as T;
  }

  #took(path: string, content: unknown) {
    if (this.no) throw this.no;
    this.asked.push([path, content]);
  }
}

test("an award is taken blind until one knows who pays, then by name and to them", async () => {
  const server = new Server();
  const own = new ReceivedAwards(server);
  await own.accept(award, "cme");
  await own.name(award);
  await own.accept({ ...award, payer: "corp" }, "cash");
  expect(server.asked).toEqual([
    ["/api/me/awards/case%201/2", { answer: "accept", way: "blind", form: "cme", payer: null }],
    ["/api/me/awards/case%201/2/payer", {}],
    ["/api/me/awards/case%201/2", { answer: "accept", way: "identified", form: "cash", payer: "corp" }],
  ]);
});

test("why an answer was not taken is said in the server's words, or in ours where there are none", async () => {
  const server = new Server();
  const own = new ReceivedAwards(server);
  server.no = new Problem(409, "conflict", "It is void.");
  expect(await own.decline(award)).toBe("It is void.");
  server.no = new Error("away");
  expect(await own.decline(award)).toBe("The server was not reached. Try again.");
});

test("what was answered is read again", async () => {
  const own = new ReceivedAwards(new Server());
  expect(own.received.value).toBeNull();
  expect(await own.decline(award)).toBeUndefined();
  expect(own.received.value?.awards).toHaveLength(1);
});
