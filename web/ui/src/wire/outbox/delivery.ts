/** How one command reaches the server, and what comes of it. */

import type { Api } from "../../http/api.ts";
import { Problem } from "../../http/problem.ts";
import type { ErrorCode } from "../frames.ts";
import type { Link } from "../link.ts";
import type { CommandFrame, OpenCaseCommand } from "../outbox.ts";
import { COME_BACK, type Refusal, Refused } from "../refusals.ts";

/** `later`: the same again, in `after_ms`. `away`: the same again once there is a connection. */
export type Outcome =
  | { readonly is: "on_record" }
  | { readonly is: "opened"; readonly room: string }
  | { readonly is: "refused"; readonly refusal: Refusal }
  | { readonly is: "later"; readonly after_ms: number }
  | { readonly is: "away" };

const COME_BACK_MS = 1_000;
/** The link finds out by itself whether the sign-in or the server is gone; until then there is no hurry. */
const UNREACHED_MS = 5_000;

/** Send `frame` to its room. `shut` says why this person has no seat there, if they have none. */
export function toRoom(link: Link, frame: CommandFrame, shut: Refusal | null): Promise<Outcome> {
  return link.request(frame).then(
    () => ({ is: "on_record" }),
    (error) => (error instanceof Refused ? refused(error, shut) : { is: "away" }),
  );
}

function refused({ code, message, retry_after_ms, spans, field }: Refused, shut: Refusal | null): Outcome {
  if (COME_BACK.has(code)) return { is: "later", after_ms: retry_after_ms ?? COME_BACK_MS };
  if (code !== "not_joined") return { is: "refused", refusal: { code, message, ...given({ spans, field }) } };
  // The seat went away under the command, and the next try asks for another; or there is none, for a reason to be told.
  if (!shut) return { is: "later", after_ms: COME_BACK_MS };
  return { is: "refused", refusal: { code: shut.code, message: shut.message } };
}

/** Open the case; asked again with the same id it is the same case. */
export function asCase(api: Api, { id, case: content }: OpenCaseCommand): Promise<Outcome> {
  return api.post<{ readonly id: string }>("/api/cases", content, { headers: { "idempotency-key": id } }).then(
    ({ id }) => ({ is: "opened", room: id }),
    (error) => (error instanceof Problem ? notOpened(error) : { is: "later", after_ms: UNREACHED_MS }),
  );
}

function notOpened({ status, code, detail, retry_after_ms, spans }: Problem): Outcome {
  const passing = status >= 500 || COME_BACK.has(code) || code === UNKNOWN_PERSON;
  if (passing) return { is: "later", after_ms: retry_after_ms ?? UNREACHED_MS };
  return { is: "refused", refusal: { code, message: detail, ...given({ fields: spans }) } };
}

type Places = Pick<Refusal, "spans" | "field" | "fields">;

/** Without what was not said. */
function given(places: Places): Places {
  return Object.fromEntries(Object.entries(places).filter(([, value]) => value !== undefined));
}

const UNKNOWN_PERSON: ErrorCode = "unauthenticated";
