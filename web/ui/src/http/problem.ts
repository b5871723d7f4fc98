/** What can go wrong with a request: the server says no, or nobody answers. */

import type { ErrorCode, Place } from "../wire/frames.ts";

/** A problem document (RFC 9457). `detail` is one plain sentence that says what is wrong and what to do. */
export class Problem extends Error {
  readonly status: number;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly retry_after_ms: number | undefined;
  /** What may tell who a patient is, by field. */
  readonly spans: Readonly<Record<string, readonly Place[]>> | undefined;

  constructor(status: number, code: ErrorCode, detail: string, retry_after_ms?: number, spans?: Problem["spans"]) {
    super(detail);
    this.name = "Problem";
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.retry_after_ms = retry_after_ms;
    this.spans = spans;
  }
}

/** No server of ours answered, or not in time: what was asked may or may not have arrived. */
export class Offline extends Error {
  constructor() {
    super("The server was not reached.");
    this.name = "Offline";
  }
}

/** What a proxy says that knows nothing of our codes. */
const CODES: Readonly<Record<number, ErrorCode>> = {
  401: "unauthenticated",
  403: "forbidden",
  404: "not_found",
  408: "unavailable",
  409: "conflict",
  413: "too_large",
  425: "unavailable",
  429: "rate_limited",
};

/** The problem that `response` tells, which is not one of success. */
export async function problem(response: Response): Promise<Problem> {
  const told = await document(response);
  const code = told.code ?? CODES[response.status] ?? (response.status < 500 ? "invalid" : "unavailable");
  const detail = told.detail ?? told.title ?? `HTTP ${response.status}`;
  return new Problem(response.status, code, detail, told.retry_after_ms ?? afterHeader(response), told.spans);
}

interface Document {
  readonly title?: string;
  readonly detail?: string;
  readonly code?: ErrorCode;
  readonly retry_after_ms?: number;
  readonly spans?: Readonly<Record<string, readonly Place[]>>;
}

async function document(response: Response): Promise<Document> {
  if (!response.headers.get("content-type")?.startsWith("application/problem+json")) return {};
  return (await response.json().catch(() => null)) ?? {};
}

function afterHeader(response: Response): number | undefined {
  const after_s = Number(response.headers.get("retry-after") ?? Number.NaN);
  return Number.isFinite(after_s) ? after_s * 1_000 : undefined;
}
