import { beforeEach, expect, test } from "vitest";
import { Offline, Problem } from "../../src/http/problem.ts";
import { type AskedSurvey, AskedSurveys, stateOf } from "../../src/surveys/asked.ts";

const WISH = {
  title: "Snakes",
  questions: [{ question: "Antivenom?", options: ["Yes", "No"] }],
  specialties: [],
  countries: [],
  group_by: "specialty",
  quotas: {},
  opens_at: 100,
  closes_at: 200,
} as const;
const SURVEY: AskedSurvey = {
  id: "s1",
  wish: WISH,
  institution: null,
  approved_at: 50,
  ended_at: null,
  participation: null,
};

/** A server by hand: what it was asked, and what it answers. */
class Server {
  readonly asked: string[] = [];
  surveys: AskedSurvey[] = [SURVEY];
  problem: Error | undefined;

  get = (path: string) => this.#did(`GET ${path}`, { surveys: this.surveys });
  post = (path: string, content: unknown) => this.#did(`POST ${path} ${JSON.stringify(content)}`, {});

  async #did(what: string, answer: unknown): Promise<unknown> {
    this.asked.push(what);
    if (this.problem) throw this.problem;
    return answer;
  }
}

let server: Server;
let asked: AskedSurveys;

beforeEach(() => {
  server = new Server();
  asked = new AskedSurveys(server as never);
});

test.each([
  [SURVEY, 99, "coming"],
  [SURVEY, 100, "open"],
  [SURVEY, 200, "over"],
  [{ ...SURVEY, approved_at: null }, 150, "waiting"],
  [{ ...SURVEY, approved_at: null }, 200, "over"],
  [{ ...SURVEY, ended_at: 120 }, 150, "over"],
] as const)("how far a survey is", (survey, now, state) => {
  expect(stateOf(survey, now)).toBe(state);
});

test("after each act the list is read anew", async () => {
  await asked.read();
  server.surveys = [{ ...SURVEY, ended_at: 120 }];
  expect(await asked.end(SURVEY)).toBeUndefined();
  expect(await asked.approve(SURVEY)).toBeUndefined();
  expect(await asked.open(WISH)).toBeUndefined();
  expect(server.asked).toEqual([
    "GET /api/surveys",
    "POST /api/surveys/s1/end {}",
    "GET /api/surveys",
    "POST /api/surveys/s1/approve {}",
    "GET /api/surveys",
    `POST /api/surveys ${JSON.stringify(WISH)}`,
    "GET /api/surveys",
  ]);
  expect(asked.all.value).toEqual(server.surveys);
});

test("what is refused is said in the server's words, and leaves the list", async () => {
  await asked.read();
  server.problem = new Problem(422, "invalid", "That survey is over. Open another.");
  expect(await asked.approve(SURVEY)).toBe("That survey is over. Open another.");
  expect([asked.all.value, asked.wrong.value]).toEqual([[SURVEY], undefined]);
});

test("who may not ask is told why, and a line that is down is said", async () => {
  server.problem = new Problem(403, "forbidden", "Accept the agreement first.");
  await asked.read();
  expect([asked.all.value, asked.wrong.value]).toEqual([null, "Accept the agreement first."]);
  server.problem = new Offline();
  await asked.read();
  expect(asked.wrong.value).toContain("not reached");
});

test("what was done is done, also where the list does not come after it", async () => {
  await asked.read();
  server.get = () => Promise.reject(new Offline());
  expect(await asked.open(WISH)).toBeUndefined();
  expect([asked.all.value, asked.wrong.value]).toEqual([[SURVEY], "The server was not reached. Try again."]);
});
