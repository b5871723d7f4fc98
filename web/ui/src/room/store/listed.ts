import type { OpenQuestion as Asked, PinnedPost as Pin, PlannedPost as Planned, State } from "../../wire/frames.ts";
import type { Act } from "../fold/plan.ts";
import type { Post, PostKind } from "../fold/post.ts";
import { refutedBy } from "../fold/refuting.ts";
import type { Room } from "../fold/room.ts";
import type { OpenQuestion, PinnedPost, PlannedPost } from "./store.ts";

type Given = Pin & Partial<Pick<Planned, "author" | "version" | "contradicts" | "retracted"> & Pick<Asked, "to">>;

/** The posts that a room lists (pinned ones, the plan, open questions), also those that are older than what is loaded. */
export class Listed {
  #given = new Map<string, Given>();
  #as_of = 0;

  /** Take what the server folded at `as_of`. */
  take({ pinned, plan, questions }: Pick<State, "pinned" | "plan" | "questions">, as_of: number): void {
    this.#given = new Map([...pinned, ...questions, ...plan].map((post) => [post.id, post]));
    this.#as_of = as_of;
  }

  /** The pinned posts in the order of their pinning, as far as they are known. */
  pinned(room: Room): readonly PinnedPost[] {
    return room.pinned.map((id) => this.#post(room, id)).filter((post) => post !== undefined);
  }

  /** The plan in the order in which it was made, as far as its recommendations are known. */
  plan(room: Room): readonly PlannedPost[] {
    return room.plan.map((act) => this.#planned(room, act)).filter((post) => post !== undefined);
  }

  /** The questions that wait, the oldest first, as far as they are known. */
  questions(room: Room): readonly OpenQuestion[] {
    const asked = [...room.questions].map(([id, to]) => this.#asked(room, id, to));
    return asked.filter((question) => question !== undefined).toSorted((one, other) => one.seq - other.seq);
  }

  /** Whether the server has to be asked how the listed posts are. */
  incomplete(room: Room): boolean {
    const ids = [...room.pinned, ...room.plan.map(({ target }) => target), ...room.questions.keys()];
    return ids.some((id) => !room.posts.has(id) && this.#doubtful(room, id));
  }

  #post(room: Room, id: string): PinnedPost | undefined {
    const post = room.posts.get(id);
    if (post !== undefined) return ofPost(post, refutedBy(room, id));
    const given = this.#given.get(id);
    return given && ofGiven(given);
  }

  #planned(room: Room, act: Act): PlannedPost | undefined {
    const [post, given] = [room.posts.get(act.target), this.#given.get(act.target)];
    const shown = this.#post(room, act.target);
    const { version = act.version, contradicts } = post ?? given ?? {};
    return shown && { ...shown, version, contradicts, retracted: (post ?? given)?.retracted !== undefined, act };
  }

  #asked(room: Room, id: string, to: string): OpenQuestion | undefined {
    const shown = this.#post(room, id);
    return shown && { ...shown, to };
  }

  #doubtful(room: Room, id: string): boolean {
    const given = this.#given.get(id);
    const changed = room.orphans.get(id)?.some((effect) => effect.seq > this.#as_of);
    return given === undefined || given.shortened === true || changed === true;
  }
}

function ofPost(post: Post, refuted_by: string | undefined): PinnedPost {
  const { id, seq, by, kind, text } = post;
  const held = { agree: post.agree.length, disagree: post.disagree.length, refuted_by };
  return { id, seq, by, kind, text, ...held, shortened: false, post };
}

function ofGiven({ id, seq, by, author, kind, text, agree, disagree, refuted_by, shortened }: Given): PinnedPost {
  const said = { id, seq, kind: kind as PostKind, text, agree, disagree, refuted_by };
  return { ...said, by: author ?? { person: by }, shortened: shortened === true };
}
