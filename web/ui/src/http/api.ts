/** Requests to our own server: JSON both ways, the session cookie goes along by itself. */

import type { Surroundings } from "../wire/surroundings.ts";
import { Offline, Problem, problem } from "./problem.ts";

const ANSWERED_WITHIN_MS = 15_000;

export interface Asking {
  readonly headers?: Readonly<Record<string, string>>;
  /** Gives up; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** How long the answer may take; 15,000 unless said. */
  readonly within_ms?: number;
}

type Proven = <T>(act: () => Promise<T>) => Promise<T>;

/** Every method rejects with `Problem` where the server says no, with `Offline` where none answered in time. */
export class Api {
  readonly #surroundings: Pick<Surroundings, "fetch" | "after">;
  readonly #proven: Proven;

  /** `proven` does an act; where the server first wants a proof of who one is, it may ask for that, and do it again. */
  constructor(surroundings: Pick<Surroundings, "fetch" | "after">, proven: Proven = (act) => act()) {
    this.#surroundings = surroundings;
    this.#proven = proven;
  }

  /** What is at `path`. */
  get<T>(path: string, asking: Asking = {}): Promise<T> {
    return this.#asked(path, { method: "GET" }, asking);
  }

  /** The answer to `content`, sent as JSON. */
  post<T>(path: string, content: unknown, asking: Asking = {}): Promise<T> {
    const headers = { "content-type": "application/json" };
    return this.#asked(path, { method: "POST", body: JSON.stringify(content), headers }, asking);
  }

  /** The answer to `content`, which takes the place of what is at `path`; nothing is sent where there is none. */
  put<T>(path: string, content?: unknown, asking: Asking = {}): Promise<T> {
    if (content === undefined) return this.#asked(path, { method: "PUT" }, asking);
    const headers = { "content-type": "application/json" };
    return this.#asked(path, { method: "PUT", body: JSON.stringify(content), headers }, asking);
  }

  /** The answer to a file, sent as it is. */
  give<T>(path: string, file: Blob, asking: Asking = {}): Promise<T> {
    const headers = { "content-type": file.type || "application/octet-stream" };
    return this.#asked(path, { method: "POST", body: file, headers }, asking);
  }

  /** End what is at `path`. */
  delete(path: string, asking: Asking = {}): Promise<void> {
    return this.#asked(path, { method: "DELETE" }, asking);
  }

  #asked<T>(path: string, init: RequestInit, asking: Asking): Promise<T> {
    return this.#proven(() => this.#once<T>(path, init, asking));
  }

  async #once<T>(
    path: string,
    init: RequestInit,
    { headers, signal, within_ms = ANSWERED_WITHIN_MS }: Asking,
  ): Promise<T> {
    const giveUp = new AbortController();
    const abandon = () => giveUp.abort();
    const punctual = this.#surroundings.after(within_ms, abandon);
    signal?.addEventListener("abort", abandon);
    try {
      signal?.throwIfAborted();
      const all = { accept: "application/json", ...init.headers, ...headers };
      return await answer<T>(await this.#surroundings.fetch(path, { ...init, headers: all, signal: giveUp.signal }));
    } catch (error) {
      throw signal?.aborted ? signal.reason : error instanceof Problem ? error : new Offline();
    } finally {
      punctual();
      signal?.removeEventListener("abort", abandon);
    }
  }
}

async function answer<T>(response: Response): Promise<T> {
  if (!response.ok) throw await problem(response);
  return response.status === 204 ? (undefined as T) : await response.json();
}
