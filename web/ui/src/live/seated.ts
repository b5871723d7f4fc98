import { type As, OpenRoom } from "../room/store/open.ts";
import type { Around } from "../room/store/ports.ts";
import type { Link } from "../wire/link.ts";
import { Seating } from "./seating.ts";

interface Wanted {
  readonly id: string;
  readonly as: As | undefined;
  /** No view shows it any more, nor is it to be held. */
  readonly close: () => void;
}

/** A room that asks for its seat on `link`; `second` opens a further connection, for a seat that is behind. */
export function seated({ id, as, close }: Wanted, around: Around, link: Link, second: () => Link): Seating {
  return new Seating(new OpenRoom(id, as, around, close), link, second);
}
