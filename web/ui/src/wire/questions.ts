/** Questions that do not outlive the connection they were asked on. */

import type { ServerFrame } from "./frames.ts";
import type { AnswerTo, Question } from "./link.ts";
import { Down, Refused } from "./refusals.ts";

interface Asked {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/** What was asked on this connection, by `id`, and is not answered yet. */
export class Questions {
  #asked = new Map<string, Asked>();

  /** The coming answer. Rejects with `Refused` or `Down`. */
  asked<Q extends Question>(question: Q): Promise<AnswerTo<Q>> {
    return new Promise((resolve, reject) => this.#asked.set(question.id, { resolve, reject }));
  }

  /** Take the frame that answers a question, if it answers any. */
  take(frame: ServerFrame): void {
    if (!("re" in frame) || frame.re === undefined) return;
    const asked = this.#asked.get(frame.re);
    this.#asked.delete(frame.re);
    if (frame.t === "error") asked?.reject(new Refused(frame));
    else asked?.resolve(frame as never);
  }

  /** The connection is gone, and every answer with it. */
  down(): void {
    const lost = this.#asked;
    this.#asked = new Map();
    for (const { reject } of lost.values()) reject(new Down());
  }
}
