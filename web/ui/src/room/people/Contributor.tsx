import { Moment } from "../../design/Moment.tsx";
import { nameOf, Person } from "../../design/Person.tsx";
import type { Here } from "../../wire/frames.ts";
import { said, t } from "../../words/words.ts";
import "../../words/more/room.ts";

interface Props {
  here: Here;
  presents: boolean;
  self: boolean;
  typing: boolean;
  /** Whether one may see how their word held. */
  linked: boolean;
}

/** One who is here and may write: who they are, since when, and whether they type. */
export function Contributor({ here, presents, self, typing, linked }: Props) {
  return (
    <li class="here">
      <Person by={here} presents={presents} />
      <p class="here-line">
        {self && <span>{t("room.people_you")}</span>}
        <span>{said("room.people_since", { time: <Moment at={here.since} /> })}</span>
        {linked && here.role !== "moderator" && (
          <a href={`/credibility/${here.person}`} aria-label={t("room.people_record_of", { name: nameOf(here) })}>
            {t("room.people_record")}
          </a>
        )}
        {typing && <span class="here-typing">{t("room.people_typing")}</span>}
      </p>
    </li>
  );
}
