import type { By, Joined, Presence as PresenceFrame } from "../../wire/frames.ts";
import { moved, NOBODY, seated } from "./roster.ts";
import { TypingBoard } from "./typing.ts";

/** Who else is in a room, and who of them is typing. It tells `mark` what has changed. */
export class Company {
  here = NOBODY;
  readonly #board: TypingBoard;
  readonly #mark: (part: "here" | "typing") => void;

  constructor(mark: (part: "here" | "typing") => void) {
    this.#mark = mark;
    this.#board = new TypingBoard(() => mark("typing"));
  }

  get typing(): readonly By[] {
    const known = new Map(this.here.people.map((here) => [here.person, here]));
    return this.#board.who.map((person) => known.get(person) ?? { person });
  }

  /** A seat was taken at `as_of` (Unix ms, the server's clock). */
  joined(frame: Joined, as_of: number): void {
    this.#board.clear();
    this.here = seated(this.here, frame, as_of);
    this.#mark("here");
  }

  moved(frame: PresenceFrame): void {
    for (const person of frame.gone) this.#board.set(person, false);
    this.here = moved(this.here, frame);
    this.#mark("here");
  }

  types(person: string, on: boolean): void {
    this.#board.set(person, on);
  }

  /** Nobody says any more who is typing. */
  away(): void {
    this.#board.clear();
  }
}
