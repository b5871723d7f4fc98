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
  /** Shows what interests they have; absent where that is not for this reader, or they declare none. */
  onInterests?: (() => void) | undefined;
}

/** One who is here and may write: who they are, since when, and whether they type. */
export function Contributor({ here, presents, self, typing, linked, onInterests }: Props) {
  const name = <bdi>{nameOf(here)}</bdi>;
  return (
    <li class="here">
      <Person by={here} presents={presents} />
      <p class="here-line">
        {self && <span>{t("room.people_you")}</span>}
        <span>{said("room.people_since", { time: <Moment at={here.since} /> })}</span>
        {linked && here.role !== "moderator" && (
          <a class="here-record" href={`/credibility/${here.person}`}>
            <span aria-hidden="true">{t("room.people_record")}</span>
            <span class="quiet">{said("room.people_record_of", { name })}</span>
          </a>
        )}
        {typing && <span class="here-typing">{t("room.people_typing")}</span>}
        {onInterests && (
          <button type="button" class="here-interests" onClick={onInterests}>
            <span aria-hidden="true">{t("room.people_interests")}</span>
            <span class="quiet">{said("room.people_interests_of", { who: name })}</span>
          </button>
        )}
      </p>
    </li>
  );
}
