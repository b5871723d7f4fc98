import { expect, test } from "vitest";
import { hoursLeft, OwnAgreement, reads, type Standing } from "../../src/observer/standing.ts";

const standing: Standing = {
  institution: "Lab",
  refusal: null,
  hours: 10,
  used_s: 5_400,
  accepted: false,
  agreement: { version: 2, text: "Read.", place: "", digest: "ab" },
};

class Server {
  accepted = false;
  broken = false;
  readonly posted: string[] = [];

  async get<T>(): Promise<T> {
    if (this.broken) throw new Error("away");
    return { ...standing, accepted: this.accepted } as T;
  }

  async post<T>(path: string): Promise<T> {
    this.posted.push(path);
    this.accepted = true;
    return undefined as T;
  }
}

test("an observer accepts the version that is in force, and reads from then on", async () => {
  const server = new Server();
  const own = new OwnAgreement(server);
  await own.accept();
  expect(server.posted).toEqual([]);
  await own.read();
  expect(reads(own.standing.value as Standing)).toBe(false);
  await own.accept();
  expect(server.posted).toEqual(["/api/agreements/2/accept"]);
  expect(reads(own.standing.value as Standing)).toBe(true);
});

test("what was known stays when the server is away", async () => {
  const server = new Server();
  const own = new OwnAgreement(server);
  await own.read();
  server.broken = true;
  await own.read();
  expect(own.state.value).toBe("failed");
  expect(own.standing.value?.institution).toBe("Lab");
});

test("whole hours are left, and never less than none", () => {
  expect(hoursLeft(standing)).toBe(8);
  expect(hoursLeft({ ...standing, used_s: 99_999 })).toBe(0);
});

test("a refusal keeps everything away, accepted or not", () => {
  expect(reads({ ...standing, accepted: true, refusal: "Suspended." })).toBe(false);
});
