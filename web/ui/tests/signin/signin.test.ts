import { expect, test } from "vitest";
import { Api } from "../../src/http/api.ts";
import { mustEnrol, signIn } from "../../src/signin/signin.ts";

/** An api that gives this answer, and what it was sent. */
function answering(status: number, content: unknown): { api: Api; sent: unknown[] } {
  const sent: unknown[] = [];
  const kind = status < 400 ? "application/json" : "application/problem+json";
  const fetch = (_: unknown, init?: RequestInit) => {
    sent.push(init?.body ? JSON.parse(String(init.body)) : null);
    return Promise.resolve(new Response(JSON.stringify(content), { status, headers: { "content-type": kind } }));
  };
  return { api: new Api({ fetch: fetch as typeof globalThis.fetch, after: () => () => undefined }), sent };
}

test("who is let in is in", async () => {
  const { api, sent } = answering(201, {});
  expect(await signIn(api, "ana", "secret")).toEqual({ is: "in" });
  expect(sent).toEqual([{ handle: "ana", password: "secret" }]);
});

test("a code is sent where there is one", async () => {
  const { api, sent } = answering(201, {});
  await signIn(api, "ana", "secret", "123456");
  expect(sent).toEqual([{ handle: "ana", password: "secret", code: "123456" }]);
});

test("that a code is wanted is no refusal", async () => {
  const { api } = answering(401, { code: "second_factor", detail: "Type the code." });
  expect(await signIn(api, "ana", "secret")).toEqual({ is: "wanted", says: "Type the code." });
});

test("a wrong password is refused in the server's words", async () => {
  const { api } = answering(401, { code: "unauthenticated", detail: "Check both." });
  expect(await signIn(api, "ana", "secret")).toEqual({ is: "refused", says: "Check both." });
});

test("who has to set up a second factor first is known by the session's scopes", async () => {
  expect(await mustEnrol(answering(200, { scopes: ["enrol"] }).api)).toBe(true);
  expect(await mustEnrol(answering(200, { scopes: [] }).api)).toBe(false);
  expect(await mustEnrol(answering(401, {}).api)).toBe(false);
});
