/** A question that is asked again whenever something was done: an answer that was overtaken by a newer one is dropped. */
export class Newest<T> {
  #asked = 0;
  #shown = 0;

  /** `show` the answer, unless one that was asked for later was shown already. */
  async ask(ask: () => Promise<T>, show: (answer: T) => void): Promise<void> {
    this.#asked += 1;
    const turn = this.#asked;
    const answer = await ask();
    if (turn < this.#shown) return;
    this.#shown = turn;
    show(answer);
  }
}
