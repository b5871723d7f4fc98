import { beforeEach, describe, expect, test } from "vitest";
import { Api } from "../../src/http/api.ts";
import { Offline, Problem } from "../../src/http/problem.ts";
import { Clock, Page } from "../wire/browser.ts";

let clock: Clock;
let page: Page;
let api: Api;
let asked: { path: string; init: RequestInit }[];

beforeEach(() => {
  clock = new Clock();
  page = new Page(clock);
  api = new Api(page);
  asked = [];
});

function answers(response: () => Promise<Response> | Response): void {
  page.answer = async (path, init) => {
    asked.push({ path, init });
    return response();
  };
}

function refuses(status: number, document: object, headers: Record<string, string> = {}): void {
  answers(() => problemOf(status, document, headers));
}

function problemOf(status: number, document: object, headers: Record<string, string> = {}): Response {
  return Response.json(document, { status, headers: { "content-type": "application/problem+json", ...headers } });
}

describe("requests", () => {
  test("where a proof is wanted first, it is asked for, and the same is sent again", async () => {
    let proofs = 0;
    api = new Api(page, async (act) => {
      try {
        return await act();
      } catch (error) {
        if (!(error instanceof Problem) || error.code !== "proof_needed") throw error;
        proofs += 1;
        return act();
      }
    });
    const answersTo = [
      () => problemOf(403, { detail: "Prove it.", code: "proof_needed" }),
      () => Response.json({ done: true }),
    ];
    answers(() => (answersTo.shift() ?? Response.error)());
    await expect(api.post("/api/tokens", { name: "desk" })).resolves.toEqual({ done: true });
    expect(proofs).toBe(1);
    expect(asked.map(({ init }) => init.body)).toEqual(Array(2).fill(JSON.stringify({ name: "desk" })));
  });

  test("what is got is the JSON that answers", async () => {
    answers(() => Response.json({ cases: [], next: null }));
    await expect(api.get("/api/cases")).resolves.toEqual({ cases: [], next: null });
    expect(asked).toMatchObject([{ path: "/api/cases", init: { method: "GET" } }]);
  });

  test("what is posted is JSON, with the headers that were asked for", async () => {
    answers(() => Response.json({ id: "one" }, { status: 201 }));
    await expect(api.post("/api/cases", { title: "Pain" }, { headers: { "idempotency-key": "k" } })).resolves.toEqual({
      id: "one",
    });
    expect(asked[0]?.init).toMatchObject({ method: "POST", body: '{"title":"Pain"}' });
    expect(asked[0]?.init.headers).toMatchObject({ "content-type": "application/json", "idempotency-key": "k" });
  });

  test("an answer without content is none", async () => {
    answers(() => new Response(null, { status: 204 }));
    await expect(api.delete("/api/sessions/current")).resolves.toBeUndefined();
    expect(asked[0]?.init.method).toBe("DELETE");
  });
});

describe("refusals", () => {
  test("a problem document is told as it stands", async () => {
    refuses(503, { code: "unavailable", detail: "Come back.", retry_after_ms: 250 }, { "retry-after": "1" });
    const failed = await api.get("/").catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(Problem);
    expect(failed).toMatchObject({ status: 503, code: "unavailable", detail: "Come back.", retry_after_ms: 250 });
  });

  test("where only the header says when to come back, it counts in seconds", async () => {
    refuses(429, { code: "rate_limited", detail: "Wait." }, { "retry-after": "2" });
    await expect(api.get("/")).rejects.toMatchObject({ retry_after_ms: 2_000 });
  });

  test.each([
    [400, "invalid"],
    [401, "unauthenticated"],
    [403, "forbidden"],
    [404, "not_found"],
    [413, "too_large"],
    [429, "rate_limited"],
    [500, "unavailable"],
    [502, "unavailable"],
  ])("a proxy's plain %i is taken for %s", async (status, code) => {
    answers(() => new Response("<h1>no</h1>", { status, headers: { "content-type": "text/html" } }));
    const failed = await api.get("/").catch((error: unknown) => error);
    expect(failed).toMatchObject({ status, code, retry_after_ms: undefined });
  });

  test("a problem document that is cut off is a problem all the same", async () => {
    answers(() => new Response('{"code":', { status: 422, headers: { "content-type": "application/problem+json" } }));
    await expect(api.get("/")).rejects.toMatchObject({ status: 422, code: "invalid" });
  });
});

describe("no answer", () => {
  test("a network that fails is offline", async () => {
    await expect(api.get("/")).rejects.toBeInstanceOf(Offline);
  });

  test("an answer that is not JSON is from no server of ours", async () => {
    answers(() => new Response("<h1>Welcome to the café's network</h1>"));
    await expect(api.get("/")).rejects.toBeInstanceOf(Offline);
  });

  test("a server that says nothing for 15 s is offline", async () => {
    answers(() => new Promise(() => {}));
    let ended = "";
    const asking = api.get("/").catch((error: Error) => {
      ended = error.name;
    });
    await clock.pass(14_999);
    expect(ended).toBe("");
    await clock.pass(1);
    await asking;
    expect(ended).toBe("Offline");
    expect(asked[0]?.init.signal?.aborted).toBe(true);
  });

  test("who gives up is told so, and so is the server", async () => {
    answers(() => new Promise(() => {}));
    const giveUp = new AbortController();
    const asking = api.get("/", { signal: giveUp.signal });
    giveUp.abort();
    await expect(asking).rejects.toBe(giveUp.signal.reason);
    expect(asked[0]?.init.signal?.aborted).toBe(true);
  });

  test("who has given up before asks nothing", async () => {
    answers(() => Response.json({}));
    await expect(api.get("/", { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: "AbortError" });
    expect(asked).toEqual([]);
  });
});
