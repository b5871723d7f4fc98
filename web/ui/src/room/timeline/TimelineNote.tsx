import { Icon } from "../../design/Icon.tsx";
import { later, Nothing } from "../../design/later.tsx";
import { Moment } from "../../design/Moment.tsx";
import { nameOf } from "../../design/Person.tsx";
import { Written } from "../../design/Written.tsx";
import { list, number } from "../../words/format.ts";
import { said, t, type Word } from "../../words/words.ts";
import { Contradicted } from "../evidence/Refuted.tsx";
import type { Around } from "../post/Post.tsx";
import { wordsOf } from "../post/PostQuote.tsx";
import type { AboutNote, Note } from "../store/item.ts";
import "../../words/more/room.ts";
import "../../words/more/flags.ts";

const PollEnded = later(() => import("../polls/PollEnded.tsx").then((file) => file.PollEnded), Nothing);
const PageNote = later(() => import("../paging/PageNote.tsx").then((file) => file.PageNote), Nothing);

interface Props {
  note: Note;
  around: Around;
}

type Of<K extends Note["kind"]> = Extract<Note, { kind: K }>;

/** What happened to the room, in one quiet line; how it or a poll ended, as a card. */
export function TimelineNote({ note, around }: Props) {
  if (note.kind === "closed") return <Closed note={note} around={around} />;
  if (note.kind === "poll_closed") return <PollClosed note={note} around={around} />;
  return (
    <p class="timeline-line" id={`${note.id}-head`}>
      {lineOf(note, around)} <Moment at={note.at} />
    </p>
  );
}

function lineOf(note: Exclude<Note, Of<"closed"> | Of<"poll_closed">>, around: Around) {
  const who = <bdi>{nameOf(note.by)}</bdi>;
  switch (note.kind) {
    case "opened":
      return said("room.note_opened", { who });
    case "amended":
    case "retracted":
    case "released":
    case "withheld":
      return <About note={note} around={around} />;
    case "warned":
    case "collapsed":
      return <Flagged note={note} around={around} />;
    case "acted":
      return <Acted note={note} around={around} />;
    case "poll_opened":
      return said("room.note_poll_opened", { who, what: <bdi>{note.body.question}</bdi> });
    case "hand_over_asked":
    case "handed_over":
    case "led":
      return officeOf(note, around);
    case "paged":
    case "escalated":
      return <PageNote note={note} around={around} />;
    case "responded":
      return <Responded note={note} />;
    case "invited":
    case "removed":
      return said(`room.note_${note.kind}`, { who, whom: <bdi>{around.nameIt(note.body.person)}</bdi> });
    case "widened":
      return said(REACHES[note.body.reach], { who });
    case "vitals_added":
      return said("room.note_vitals_added", { who, count: note.body.values.length });
    case "revised":
      return said("room.note_revised", { who, what: list(revisedIn(note)) });
    case "observers_changed":
      return said(`room.note_observers_${note.body.mode}`, { who, seconds: number(note.body.delay_s) });
    case "opined":
    case "revealed":
      return said(`room.note_${note.kind}`, { who });
    case "outcome":
      return <Outcome note={note} around={around} />;
    case "awards_revealed":
      return t("room.note_awards_revealed", { count: note.body.awards.length });
    case "sealed":
      return said("room.note_sealed", { upto: number(note.body.upto) });
  }
}

/** Who presents takes it back that somebody is asked, or leads, by their own name. */
function officeOf(note: Of<"hand_over_asked"> | Of<"handed_over"> | Of<"led">, around: Around) {
  const who = <bdi>{nameOf(note.by)}</bdi>;
  const whom = <bdi>{around.nameIt(note.body.person)}</bdi>;
  const back = note.body.person === note.by.person;
  if (back && note.kind === "hand_over_asked") return said("room.note_hand_over_back", { who });
  if (back && note.kind === "led") return t("room.note_led_nobody");
  return said(`room.note_${note.kind}`, { who, whom });
}

/** What became of a recommendation; a click goes there. */
function Acted({ note, around }: { note: Of<"acted">; around: Around }) {
  const post = around.posts.get(note.body.target);
  const what = <bdi>{post ? wordsOf(post) : t("room.note_acted_what")}</bdi>;
  return (
    <button type="button" class="timeline-about" onClick={() => around.onJump(note.body.target)}>
      {said(`room.note_acted_${note.body.state}`, { who: <bdi>{nameOf(note.by)}</bdi>, what })}
    </button>
  );
}

/** What was revised; the acuity with what it is now. */
function revisedIn({ body }: Of<"revised">): string[] {
  const { acuity } = body;
  const parts = (["specialties", "background", "assessment", "request"] as const).filter((part) => body[part]);
  const urgency = acuity ? [t("room.note_revised_acuity", { acuity: t(`common.${acuity}`) })] : [];
  return [...urgency, ...parts.map((part) => t(`room.note_revised_${part}`))];
}

const REACHES: Record<Of<"widened">["body"]["reach"], Word> = {
  team: "room.note_widened_team",
  institution: "room.note_widened_institution",
  network: "room.note_widened_network",
  world: "room.note_widened_world",
};

function About({ note, around }: { note: AboutNote | Of<"retracted"> | Of<"withheld">; around: Around }) {
  return (
    <button type="button" class="timeline-about" onClick={() => around.onJump(note.body.target)}>
      {said(`room.note_${note.kind}`, { who: <bdi>{nameOf(note.by)}</bdi> })}
    </button>
  );
}

/** Of a post that is not loaded; one that is shows itself. */
function Flagged({ note, around }: { note: Of<"warned"> | Of<"collapsed">; around: Around }) {
  const who = <bdi>{nameOf(note.by)}</bdi>;
  return (
    <button type="button" class="timeline-about" onClick={() => around.onJump(note.body.target)}>
      {note.kind === "collapsed" ? t("flags.note_collapsed") : said(`flags.note_warned_${note.body.reason}`, { who })}
    </button>
  );
}

/** An answer, and what was said with it. */
function Responded({ note }: { note: Of<"responded"> }) {
  const { answer, read_back, reason } = note.body;
  const words = read_back ?? reason;
  return (
    <>
      {said(`room.note_responded_${answer}`, { who: <bdi>{nameOf(note.by)}</bdi> })}
      {words && (
        <>
          {": "}
          <bdi>{words}</bdi>
        </>
      )}
    </>
  );
}

function Outcome({ note, around }: { note: Of<"outcome">; around: Around }) {
  const { verdict, diagnosis, contradicts } = note.body;
  return (
    <>
      {said(`room.note_outcome_${verdict}`, { who: <bdi>{nameOf(note.by)}</bdi> })}
      {diagnosis && (
        <>
          {" "}
          <bdi>{diagnosis}</bdi>
        </>
      )}{" "}
      <Contradicted targets={contradicts} around={around} />
    </>
  );
}

function PollClosed({ note, around }: { note: Of<"poll_closed">; around: Around }) {
  const { target, voters, counts } = note.body;
  return (
    <>
      <p class="timeline-line" id={`${note.id}-head`}>
        {said("room.note_poll_closed", { who: <bdi>{nameOf(note.by)}</bdi> })} <Moment at={note.at} />
      </p>
      <PollEnded poll={around.polls.get(target)} voters={voters} counts={counts} me={around.me} />
    </>
  );
}

function Closed({ note, around }: { note: Of<"closed">; around: Around }) {
  const { disposition, summary, polls = [] } = note.body;
  return (
    <div class="timeline-ended">
      <p class="timeline-ended-head" id={`${note.id}-head`}>
        <Icon name="archive" />
        <span>{said("room.note_closed", { who: <bdi>{nameOf(note.by)}</bdi>, time: <Moment at={note.at} /> })}</span>
      </p>
      <p class="timeline-ended-disposition">
        <span class="quiet">{t("room.note_disposition")} </span>
        <bdi>{disposition}</bdi>
      </p>
      <p class="said">
        <Written text={summary} />
      </p>
      {polls.map(({ target, ...result }) => (
        <PollEnded key={target} poll={around.polls.get(target)} {...result} me={around.me} />
      ))}
    </div>
  );
}
