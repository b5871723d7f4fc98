import { expect, test } from "vitest";
import { Reporting } from "../../src/adverse/reporting.ts";
import { Offline, Problem } from "../../src/http/problem.ts";

const REPORT = { age_band: "40-64", sex: "f", product: "Antivenin", event: "Rash within the hour." };
const TOLD = { id: "a", institutions: 2, due_at: 5 };

/** A server that takes reports, or is `wrong`. */
class Server {
  readonly sent: [string, unknown][] = [];
  wrong: Error | null = null;

  async post<T>(path: string, content: unknown): Promise<T> {
    if (this.wrong) throw this.wrong;
    this.sent.push([path, content]);
    return TOLD as T;
  }
}

function reporting(report = REPORT): [Reporting, Server] {
  const server = new Server();
  return [new Reporting(server, "case1", "p1", { report, confirmed: [] }), server];
}

test("a whole report is sent, once", async () => {
  const [form, server] = reporting();
  expect(await form.send()).toBeUndefined();
  await form.send();
  expect(server.sent).toEqual([["/api/cases/case1/adverse-events", { post: "p1", ...REPORT }]]);
  expect(form.told.value).toEqual(TOLD);
});

test("the first field that is empty is gone to, and nothing is sent", async () => {
  const [form, server] = reporting({ ...REPORT, sex: "", event: "" });
  expect(await form.send()).toBe("sex");
  expect([...form.wrongs.value.keys()]).toEqual(["sex", "event"]);
  form.set("sex", "m");
  expect([...form.wrongs.value.keys()]).toEqual(["event"]);
  expect(server.sent).toEqual([]);
});

test("what may tell who the patient is waits for a word of the reporter", async () => {
  const [form, server] = reporting({ ...REPORT, event: "Rash on 12/03/2024." });
  await form.send();
  expect(form.doubts.value.map(({ field, words }) => [field, words])).toEqual([["event", "12/03/2024"]]);
  expect(server.sent).toEqual([]);
  form.confirm();
  await form.send();
  expect(server.sent[0]?.[1]).toMatchObject({ not_identifying: ["12/03/2024"] });
});

test("what only the server finds is doubted the same way", async () => {
  const [form, server] = reporting();
  const spans = { product: [[0, 9, "name"] as const] };
  server.wrong = new Problem(422, "identifiers_found", "Look.", undefined, spans);
  await form.send();
  expect(form.doubts.value.map(({ field, words }) => [field, words])).toEqual([["product", "Antivenin"]]);
  expect(form.refusal.value).toBeUndefined();
  server.wrong = null;
  form.confirm();
  await form.send();
  expect(server.sent[0]?.[1]).toMatchObject({ not_identifying: ["Antivenin"] });
});

test("without a line it is said so, what was written stays, and it can be sent again", async () => {
  const [form, server] = reporting();
  server.wrong = new Offline();
  await form.send();
  expect(form.refusal.value).toContain("kept on this device");
  expect(form.draft.value.report).toEqual(REPORT);
  server.wrong = new Problem(403, "forbidden", "Not you.");
  await form.send();
  expect(form.refusal.value).toBe("Not you.");
  server.wrong = null;
  await form.send();
  expect([form.told.value, form.refusal.value]).toEqual([TOLD, undefined]);
});
