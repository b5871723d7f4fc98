import { t } from "../../words/words.ts";
import type { Poll } from "../fold/polls.ts";
import { PollRows } from "./PollRows.tsx";
import "../../words/more/polls.ts";
import "./polls.css";

interface Props {
  /** Absent where what was asked is older than what is loaded. */
  poll: Poll | undefined;
  /** Absent where the reader is told no numbers. */
  voters?: number | undefined;
  counts?: readonly number[] | undefined;
  me: string;
}

/** What a poll came to. */
export function PollEnded({ poll, voters, counts, me }: Props) {
  if (!poll) return <p class="poll-hint">{t("polls.older")}</p>;
  const mine = poll.ballots.get(me)?.choices ?? [];
  const told = voters !== undefined && counts !== undefined;
  return (
    <div class="poll poll-ended">
      <p class="poll-question">
        <bdi>{poll.question}</bdi>
      </p>
      <PollRows options={poll.options} standing={{ mine, counts: counts ?? null, voters: voters ?? 0 }} />
      <p class="poll-hint">{told ? t("polls.voted", { count: voters }) : t("polls.untold")}</p>
    </div>
  );
}
