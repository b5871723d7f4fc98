import type { Entry } from "../../wire/frames.ts";

/** For whom each open question waits. */
export type Questions = ReadonlyMap<string, string>;

/** The open questions after an event; the same object where it changes none. `presenter`: before the event. */
export function asked(open: Questions, entry: Entry, presenter: string | undefined): Questions {
  switch (entry.kind) {
    case "post":
      return posted(open, entry);
    case "retracted":
      return open.has(entry.body.target) ? without(open, (id) => id === entry.body.target) : open;
    case "removed":
      return without(open, (_id, to) => to === entry.body.person);
    case "handed_over":
      return new Map([...open].map(([id, to]) => [id, to === presenter ? entry.body.person : to]));
    default:
      return open;
  }
}

/** A question to somebody is open until they reply to it. */
function posted(open: Questions, { id, by, body }: Extract<Entry, { kind: "post" }>): Questions {
  const { reply_to, kind, to } = body;
  const answered = reply_to && open.get(reply_to) === by.person;
  const left = answered ? without(open, (id) => id === reply_to) : open;
  return kind === "question" && to ? new Map(left).set(id, to) : left;
}

function without(open: Questions, gone: (id: string, to: string) => boolean): Questions {
  return new Map([...open].filter(([id, to]) => !gone(id, to)));
}
