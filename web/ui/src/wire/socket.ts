/** A line that is a WebSocket: frames in msgpack. */

import { decode, encode, SUBPROTOCOL } from "./codec.ts";
import type { Hearer, Line } from "./line.ts";
import type { Surroundings } from "./surroundings.ts";

/** `WebSocket.OPEN`: tests have no such class. */
const OPEN = 1;

export function socketLine(surroundings: Surroundings, hearer: Hearer): Line {
  const socket = surroundings.dial(`${surroundings.origin.replace(/^http/, "ws")}/ws`, [SUBPROTOCOL]);
  const over = new AbortController();
  const { signal } = over;
  socket.binaryType = "arraybuffer";
  socket.addEventListener("message", ({ data }) => hearer.heard(decode(data)), { signal });
  socket.addEventListener("close", ({ code }) => hearer.closed(code), { signal });
  return {
    send: (frame) => {
      if (socket.readyState === OPEN) socket.send(encode(frame));
    },
    end: () => {
      over.abort();
      socket.close();
    },
  };
}
