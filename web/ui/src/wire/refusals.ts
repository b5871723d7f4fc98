/** How the server says no: a code of the protocol and a plain sentence. */

import type { ErrorCode, Place } from "./frames.ts";

export interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retry_after_ms?: number | undefined;
  /** With `identifiers_found`: what of `field` may tell who the patient is. */
  readonly spans?: readonly Place[] | undefined;
  readonly field?: string | undefined;
  /** The same of a case, by field. */
  readonly fields?: Readonly<Record<string, readonly Place[]>> | undefined;
}

/** The codes that say: the same again, later. Every other refusal is for good. */
export const COME_BACK: ReadonlySet<ErrorCode> = new Set(["unavailable", "rate_limited"]);

/** The answer is no; nothing has changed. */
export class Refused extends Error implements Refusal {
  readonly code: ErrorCode;
  readonly retry_after_ms: number | undefined;
  readonly spans: Refusal["spans"];
  readonly field: string | undefined;

  constructor({ code, message, retry_after_ms, spans, field }: Refusal) {
    super(message);
    this.name = "Refused";
    this.code = code;
    this.retry_after_ms = retry_after_ms;
    this.spans = spans;
    this.field = field;
  }
}

/** The connection went away before the answer, or there is none: what was asked may or may not have arrived. */
export class Down extends Error {
  constructor() {
    super("There is no connection.");
    this.name = "Down";
  }
}
