import { Problem } from "../http/problem.ts";
import { t } from "../words/words.ts";
import "../words/more/darkroom.ts";

const FIRST_S = 2;
const LONGEST_S = 30;

/** How a picture fares on its way. `part`: how much of it has left, 0 to 1. */
export type Sending =
  | { readonly is: "still" }
  | { readonly is: "leaving"; readonly part: number }
  | { readonly is: "waiting"; readonly seconds: number }
  | { readonly is: "refused"; readonly why: string };

/** What brings pictures to a room, each with an id there. */
export interface Line {
  readonly send: (file: Blob, told: (part: number) => void, signal: AbortSignal) => Promise<{ readonly id: string }>;
  readonly confirm: (image: string) => Promise<unknown>;
  readonly takeBack: (image: string) => void;
}

/** A picture's way to the server. What is begun again is made, sent and confirmed anew: it may be another picture. */
export class Way {
  readonly #line: Line;
  readonly #tell: (state: Sending) => void;
  readonly #done: (image: string) => void;
  readonly #end = new AbortController();
  #file: Blob | null = null;
  #brought: string | null = null;
  #wait_s = FIRST_S;

  constructor(line: Line, tell: (state: Sending) => void, done: (image: string) => void) {
    this.#line = line;
    this.#tell = (state) => this.#end.signal.aborted || tell(state);
    this.#done = (image) => this.#end.signal.aborted || done(image);
  }

  /** Send the picture that `make` makes. One that was brought before is not what its author wants there. */
  async begin(make: () => Promise<Blob>): Promise<void> {
    if (this.#brought !== null) this.#line.takeBack(this.#brought);
    this.#brought = null;
    this.#file = null;
    this.#wait_s = FIRST_S;
    this.#tell({ is: "leaving", part: 0 });
    try {
      this.#file = await make();
    } catch {
      this.#tell({ is: "refused", why: t("darkroom.not_made") });
      return;
    }
    await this.now();
  }

  /** Try now what is waited for. */
  async now(): Promise<void> {
    if (this.#file === null) return;
    this.#tell({ is: "leaving", part: 0 });
    try {
      this.#done(await this.#attempt(this.#file));
    } catch (error) {
      this.#tell(this.#failed(error));
    }
  }

  stop(): void {
    this.#end.abort();
  }

  async #attempt(file: Blob): Promise<string> {
    const told = (part: number) => this.#tell({ is: "leaving", part });
    this.#brought ??= (await this.#line.send(file, told, this.#end.signal)).id;
    await this.#line.confirm(this.#brought);
    return this.#brought;
  }

  #failed(error: unknown): Sending {
    if (error instanceof Problem && error.status < 500 && error.status !== 408) {
      return { is: "refused", why: error.detail };
    }
    const seconds = this.#wait_s;
    this.#wait_s = Math.min(LONGEST_S, 2 * seconds);
    return { is: "waiting", seconds };
  }
}
