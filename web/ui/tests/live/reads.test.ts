import { expect, test } from "vitest";
import { Api } from "../../src/http/api.ts";
import { readsOver } from "../../src/live/reads.ts";
import { ana, CASE, post, story } from "../room/story.ts";
import { stateOf } from "../room/summary.ts";

const log = story(post(ana, "One"), post(ana, "Two"));

/** A server that has these answers, and nothing else. */
function server(answers: Readonly<Record<string, unknown>>): ReturnType<typeof readsOver> {
  const fetch = async (path: RequestInfo | URL) => {
    const answer = answers[String(path)];
    return Response.json(answer ?? {}, { status: answer === undefined ? 404 : 200 });
  };
  return readsOver(new Api({ fetch, after: () => () => {} }));
}

test("a page of events is read after a place", async () => {
  const events = log.slice(1);
  const reads = server({ "/api/cases/case1/events?after=1&limit=2": { events, seq: 3, check: "c" } });
  expect(await reads.events("case1", 1, 2)).toEqual(events);
});

test("a room is read whole, with its place", async () => {
  const whole = { case: CASE, state: stateOf(log), seq: 3, check: "c" };
  expect(await server({ "/api/cases/case1": whole }).whole("case1")).toMatchObject({ seq: 3, case: { id: "case1" } });
});

test("the open cases are read page by page", async () => {
  const reads = server({
    "/api/cases?status=open&limit=200": { cases: [], next: "c9" },
    "/api/cases?status=open&limit=200&after=c9": { cases: [], next: null },
  });
  expect(await reads.open(null)).toEqual({ cases: [], next: "c9" });
  expect(await reads.open("c9")).toEqual({ cases: [], next: null });
});
