import type { By, Entry, PollNow, State } from "../../wire/frames.ts";

/** A person's last ballot: places in the poll's options; none where one may not see it yet. */
export interface Ballot {
  readonly seq: number;
  readonly choices: readonly number[];
}

/** What a poll came to: how many voted, and how many chose each option. */
export interface Result {
  readonly voters: number;
  readonly counts: readonly number[];
}

/** A poll as one reader may know it. `result`: once it is over, to whom it may be told. */
export interface Poll {
  readonly id: string;
  readonly seq: number;
  readonly at: number;
  readonly by: By;
  readonly question: string;
  readonly options: readonly string[];
  readonly multiple: boolean;
  readonly open: boolean;
  readonly ballots: ReadonlyMap<string, Ballot>;
  readonly result: Result | null;
  /** Only the beginnings of its texts are here yet; the whole is on its way. */
  readonly shortened: boolean;
}

export type Polls = ReadonlyMap<string, Poll>;

type Opened = Extract<Entry, { kind: "poll_opened" }>;
type Voted = Extract<Entry, { kind: "poll_voted" }>;
type Given = readonly { readonly target: string; readonly voters?: number; readonly counts?: readonly number[] }[];

/** The polls after an event; the same object where it changes none. */
export function polled(polls: Polls, entry: Entry): Polls {
  switch (entry.kind) {
    case "poll_opened":
      return new Map(polls).set(entry.id, opened(entry, true));
    case "poll_voted":
      return voted(polls, entry);
    case "poll_closed":
      return ended(polls, [entry.body.target], [entry.body]);
    case "closed":
      return ended(
        polls,
        [...polls.values()].filter(({ open }) => open).map(({ id }) => id),
        entry.body.polls ?? [],
      );
    default:
      return polls;
  }
}

/** The polls with one that was over long ago: what it asked is wanted where its end is shown. */
export function withOld(polls: Polls, entry: Entry): Polls {
  if (entry.kind !== "poll_opened" || polls.get(entry.id)?.shortened === false) return polls;
  const known = polls.get(entry.id) ?? opened(entry, false);
  const { question, options } = entry.body;
  return new Map(polls).set(entry.id, { ...known, question, options, shortened: false });
}

/** The polls with what was withheld of ballots, as far as `entries` has it. */
export function withBallots(polls: Polls, entries: readonly Entry[]): Polls {
  return entries.reduce((now, entry) => (entry.kind === "poll_voted" ? voted(now, entry) : now), polls);
}

function voted(polls: Polls, { seq, by, body, target }: Voted): Polls {
  const hidden = "withheld" in body;
  const poll = polls.get((hidden ? target : body.target) ?? "");
  if (!poll || (poll.ballots.get(by.person)?.seq ?? 0) > seq) return polls;
  const ballots = new Map(poll.ballots).set(by.person, { seq, choices: hidden ? [] : body.choices });
  return new Map(polls).set(poll.id, { ...poll, ballots });
}

/** The polls as the server folded them at `as_of`. */
export function pollsOf({ polls = [] }: Pick<State, "polls">, as_of: number): Polls {
  return new Map(polls.map((poll) => [poll.id, given(poll, as_of)]));
}

/** The polls with what of them had been left out, as far as the server still lists them, folded at `as_of`. */
export function completed(polls: Polls, { polls: listed = [] }: Pick<State, "polls">, as_of: number): Polls {
  const now = new Map(polls);
  for (const poll of polls.values()) {
    if (!poll.shortened) continue;
    const found = listed.find(({ id }) => id === poll.id);
    const whole = found ? given(found, as_of) : poll;
    const later = [...poll.ballots].filter(([, { seq }]) => seq > as_of);
    const ballots = new Map([...whole.ballots, ...later]);
    now.set(poll.id, { ...poll, question: whole.question, options: whole.options, ballots, shortened: false });
  }
  return now;
}

function opened({ id, seq, at, by, body }: Opened, open: boolean): Poll {
  const { question, options, multiple = false } = body;
  const nothing = { ballots: new Map<string, Ballot>(), result: null, shortened: false };
  return { id, seq, at, by, question, options, multiple, open, ...nothing };
}

function ended(polls: Polls, ids: readonly string[], given: Given): Polls {
  const now = new Map(polls);
  for (const id of ids) {
    const poll = polls.get(id);
    if (poll) now.set(id, { ...poll, open: false, result: resultOf(given.find(({ target }) => target === id)) });
  }
  return now;
}

/** What was not to be seen then may come later, of an event that is older. */
function given(poll: PollNow, as_of: number): Poll {
  const { id, seq, at, by, question, options, multiple, open } = poll;
  const ballots = Object.entries(poll.ballots ?? {}).map(
    ([person, choices]) => [person, { seq: choices.length > 0 ? as_of : 0, choices }] as const,
  );
  const known = { ballots: new Map(ballots), result: resultOf(poll), shortened: poll.shortened === true };
  return { id, seq, at, by, question, options, multiple, open, ...known };
}

function resultOf(given: { readonly voters?: number; readonly counts?: readonly number[] } | undefined): Result | null {
  const { voters, counts } = given ?? {};
  return voters === undefined || counts === undefined ? null : { voters, counts };
}
