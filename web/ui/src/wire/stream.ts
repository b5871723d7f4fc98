/** A line for networks that let no WebSocket pass: an event stream, and posts for what is sent. Frames in JSON. */

import { Api } from "../http/api.ts";
import { type Incoming, incoming } from "./codec.ts";
import type { ClientFrame } from "./frames.ts";
import { type Hearer, type Line, LOST } from "./line.ts";
import { Posting } from "./posting.ts";
import type { Surroundings } from "./surroundings.ts";

export class StreamLine implements Line {
  readonly #surroundings: Surroundings;
  readonly #hearer: Hearer;
  readonly #over = new AbortController();
  readonly #posting: Posting;

  constructor(surroundings: Surroundings, hearer: Hearer) {
    this.#surroundings = surroundings;
    this.#hearer = hearer;
    this.#posting = new Posting(surroundings, this.#over.signal, () => hearer.closed(LOST));
    void this.#open();
  }

  send(frame: ClientFrame): void {
    this.#posting.send(frame);
  }

  end(): void {
    this.#over.abort();
  }

  /** A stream is asked for without headers, so it takes a ticket. */
  async #open(): Promise<void> {
    const { signal } = this.#over;
    const asked = new Api(this.#surroundings).post<Ticket>("/api/tickets", {}, { signal });
    const ticket = await asked.then(({ ticket }) => ticket).catch(() => null);
    if (signal.aborted) return;
    if (ticket === null) this.#hearer.closed(LOST);
    else this.#listen(ticket);
  }

  #listen(ticket: string): void {
    const { signal } = this.#over;
    const source = this.#surroundings.stream(`/sse?ticket=${encodeURIComponent(ticket)}`);
    signal.addEventListener("abort", () => source.close());
    source.addEventListener("message", ({ data }) => this.#heard(incoming(parsed(data))), { signal });
    source.addEventListener("close", ({ data }) => this.#hearer.closed(codeIn(data)), { signal });
    // By itself it would ask again, with a ticket that was used.
    source.addEventListener("error", () => this.#hearer.closed(LOST), { signal });
  }

  #heard(frame: Incoming): void {
    if (frame.t === "welcome" && frame.connection) this.#posting.open(frame.connection);
    this.#hearer.heard(frame);
  }
}

interface Ticket {
  readonly ticket: string;
}

function codeIn(data: string): number {
  return (JSON.parse(data) as { readonly code: number }).code;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
