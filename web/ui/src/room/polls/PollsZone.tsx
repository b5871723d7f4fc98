import { t } from "../../words/words.ts";
import type { Desk } from "../desk.ts";
import { PollCard } from "./PollCard.tsx";
import "../../words/more/polls.ts";
import "./polls.css";

/** What the room is asked and may answer now. */
export function PollsZone({ desk }: { desk: Desk }) {
  const open = desk.store.polls.value.filter((poll) => poll.open);
  if (open.length === 0) return null;
  return (
    <section class="polls" aria-label={t("polls.title")}>
      {open.map((poll) => (
        <PollCard key={poll.id} poll={poll} desk={desk} />
      ))}
    </section>
  );
}
