/** A line that is a WebSocket: frames in msgpack. */

import { decode, encode, SUBPROTOCOL } from "./codec.ts";
import type { ClientFrame } from "./frames.ts";
import type { Hearer, Line } from "./line.ts";
import type { Surroundings } from "./surroundings.ts";

/** `WebSocket.OPEN`: tests have no such class. */
const OPEN = 1;

export class SocketLine implements Line {
  readonly #socket: WebSocket;
  readonly #over = new AbortController();

  constructor(surroundings: Surroundings, hearer: Hearer) {
    this.#socket = surroundings.dial(`${surroundings.origin.replace(/^http/, "ws")}/ws`, [SUBPROTOCOL]);
    this.#socket.binaryType = "arraybuffer";
    const { signal } = this.#over;
    this.#socket.addEventListener("message", ({ data }) => hearer.heard(decode(data)), { signal });
    this.#socket.addEventListener("close", ({ code }) => hearer.closed(code), { signal });
  }

  send(frame: ClientFrame): void {
    if (this.#socket.readyState === OPEN) this.#socket.send(encode(frame));
  }

  end(): void {
    this.#over.abort();
    this.#socket.close();
  }
}
