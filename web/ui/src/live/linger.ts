/** Keeps what nobody looks at for a while: going back and forth costs nothing. */
export class Linger {
  readonly #for_ms: number;
  readonly #ends = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(for_ms: number) {
    this.#for_ms = for_ms;
  }

  /** Somebody looks at it. */
  hold(name: string): void {
    clearTimeout(this.#ends.get(name));
    this.#ends.delete(name);
  }

  /** Nobody looks at it: `end` it in a while, or ask again in a while where it is `needed`. */
  letGo(name: string, needed: () => boolean, end: () => void): void {
    this.hold(name);
    const later = () => (needed() ? this.letGo(name, needed, end) : this.#end(name, end));
    this.#ends.set(name, setTimeout(later, this.#for_ms));
  }

  #end(name: string, end: () => void): void {
    this.#ends.delete(name);
    end();
  }
}
