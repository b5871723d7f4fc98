import { useState } from "preact/hooks";
import { Button } from "../../design/Button.tsx";
import { t } from "../../words/words.ts";
import type { Desk } from "../desk.ts";
import type { Poll } from "../fold/polls.ts";
import { PollRows } from "./PollRows.tsx";
import type { Standing } from "./standing.ts";
import { progressOfVote, toggled, underWay, vote } from "./voting.ts";
import "../../words/more/polls.ts";
import "../../words/more/room.ts";

interface Props {
  poll: Poll;
  desk: Desk;
  standing: Standing;
}

/** One tap is the ballot; where several may be chosen, one more sends them. It may be changed until the close. */
export function PollBallot({ poll, desk, standing }: Props) {
  const given = underWay(desk, poll) ?? standing.mine;
  const [picked, setPicked] = useState<readonly number[] | null>(null);
  const chosen = picked ?? given;
  const same = chosen.length === given.length && chosen.every((option) => given.includes(option));
  const send = (choices: readonly number[]) => {
    setPicked(null);
    if (choices.length > 0) void vote(desk, poll, choices);
  };
  const choose = (option: number) => {
    if (poll.multiple) setPicked(toggled(chosen, option));
    else if (!given.includes(option)) send([option]);
  };
  return (
    <>
      <PollRows options={poll.options} standing={{ ...standing, mine: chosen }} onChoose={choose} />
      {poll.multiple && !same && chosen.length > 0 && (
        <Button look="next" onClick={() => send(chosen)}>
          {t(given.length > 0 ? "polls.change" : "polls.vote")}
        </Button>
      )}
      <Told poll={poll} desk={desk} voted={standing.mine.length > 0} />
    </>
  );
}

/** How far the ballot is, and what follows from it. */
function Told({ poll, desk, voted }: Omit<Props, "standing"> & { voted: boolean }) {
  const progress = progressOfVote(desk, poll);
  if (progress.is === "refused") {
    return (
      <p class="poll-hint poll-refused" role="alert">
        {progress.says}
      </p>
    );
  }
  if (progress.is !== "none") return <p class="poll-hint">{t(`room.do_${progress.is}`)}</p>;
  const hint = voted ? "polls.hint_voted" : poll.multiple ? "polls.hint_any" : "polls.hint_one";
  return <p class="poll-hint">{t(hint)}</p>;
}
