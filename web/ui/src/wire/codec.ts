/**
 * Frames as msgpack, in binary WebSocket messages, and as JSON, in the events of a stream. Numbers are plain ones: no
 * `seq` or time goes past 2 ** 53.
 */

import { encode as packed, decode as unpacked } from "@msgpack/msgpack";
import type { ClientFrame, ServerFrame } from "./frames.ts";

export const SUBPROTOCOL = "curbside.v1.msgpack";

/** `unknown`: a frame of a server that is newer than this page. `malformed`: no frame at all. */
export type Incoming = ServerFrame | { readonly t: "unknown" } | { readonly t: "malformed" };

const KNOWN: Readonly<Record<ServerFrame["t"], true>> = {
  welcome: true,
  joined: true,
  caught_up: true,
  left: true,
  ack: true,
  event: true,
  events: true,
  disclosed: true,
  ahead: true,
  typing: true,
  presence: true,
  provisional: true,
  case: true,
  counts: true,
  me: true,
  notice: true,
  notice_seen: true,
  health: true,
  error: true,
  pong: true,
  bye: true,
};

/** The message for `frame`; fields that are undefined are left out. */
export function encode(frame: ClientFrame): Uint8Array<ArrayBuffer> {
  return packed(frame, { ignoreUndefined: true });
}

/** The frame in `message`, as the server promises it to be. */
export function decode(message: unknown): Incoming {
  return incoming(map(message));
}

/** The frame in `text`, as the server promises it to be. */
export function read(text: string): Incoming {
  return incoming(parsed(text));
}

function incoming(frame: unknown): Incoming {
  if (!hasKind(frame)) return { t: "malformed" };
  return isKnown(frame) ? frame : { t: "unknown" };
}

function map(message: unknown): unknown {
  if (!(message instanceof ArrayBuffer)) return null;
  try {
    return unpacked(message);
  } catch {
    return null;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function hasKind(frame: unknown): frame is { readonly t: string } {
  return typeof frame === "object" && frame !== null && "t" in frame && typeof frame.t === "string";
}

function isKnown(frame: { readonly t: string }): frame is ServerFrame {
  return Object.hasOwn(KNOWN, frame.t);
}
