import { useId, useState } from "preact/hooks";
import { Icon } from "../../design/Icon.tsx";
import { nameOf } from "../../design/Person.tsx";
import { said, t } from "../../words/words.ts";
import type { Desk } from "../desk.ts";
import type { Poll } from "../fold/polls.ts";
import { personOf } from "../people/names.ts";
import { PollBallot } from "./PollBallot.tsx";
import { PollEnding } from "./PollEnding.tsx";
import { PollRows } from "./PollRows.tsx";
import { missing, standingOf } from "./standing.ts";
import "../../words/more/polls.ts";

interface Props {
  poll: Poll;
  desk: Desk;
}

/** One question to the room. Who has voted finds it folded to one line when they come back. */
export function PollCard({ poll, desk }: Props) {
  const standing = standingOf(poll, desk.me.person);
  const [open, setOpen] = useState(standing.mine.length === 0);
  const id = useId();
  return (
    <article class="poll" aria-labelledby={`${id}-of`}>
      <h2 class="poll-title">
        <button type="button" class="poll-fold" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          <bdi id={`${id}-of`}>{poll.question}</bdi>
          <Icon name={open ? "down" : "up"} />
        </button>
      </h2>
      <p class="poll-says">
        {said("polls.asked_by", { name: <bdi>{nameOf(personOf(desk.store, desk.me, poll.by) ?? poll.by)}</bdi> })}{" "}
        <Turnout poll={poll} desk={desk} />
      </p>
      <div id={id} class="poll-body" hidden={!open}>
        {open && (
          <>
            {desk.rights.value.writes ? (
              <PollBallot poll={poll} desk={desk} standing={standing} />
            ) : (
              <PollRows options={poll.options} standing={standing} />
            )}
            <PollEnding poll={poll} desk={desk} />
          </>
        )}
      </div>
    </article>
  );
}

/** How many have voted and who is here and has not; observers are told neither. */
function Turnout({ poll, desk: { store, me, rights } }: Props) {
  if (me.role === "observer") return <>{t("polls.observers_later")}</>;
  const { voters } = standingOf(poll, me.person);
  const left = rights.value.writes ? missing(poll, store.here.value.people) : 0;
  return (
    <>
      {t("polls.voted", { count: voters })} {left > 0 && t("polls.missing", { count: left })}
    </>
  );
}
