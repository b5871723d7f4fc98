import { Icon } from "../../design/Icon.tsx";
import { t } from "../../words/words.ts";
import type { Presence } from "../store/store.ts";
import { observersIn } from "./observers.ts";
import "../../words/more/room.ts";
import "../../design/drawings.ts";

/** Who reads along: how many follow, and how many observers of which kind. Doctors want to know who listens. */
export function Listeners({ here }: { here: Presence }) {
  return (
    <ul class="listeners">
      <li>
        <Icon name="people" />
        <span>
          {here.viewers === 0 ? t("room.people_viewers_none") : t("room.people_viewers", { count: here.viewers })}
        </span>
      </li>
      <li>
        <Icon name="eye" />
        <span>{observersIn(here.observers)}</span>
      </li>
    </ul>
  );
}
