import { Icon } from "../../design/Icon.tsx";
import { t, type Word } from "../../words/words.ts";
import type { Presence, RoomStore } from "../store/store.ts";
import "./count.css";
import "../../words/more/room.ts";
import "../../design/drawings.ts";

/** How many are here, follow and observe, as a button that shows who. */
export function PeopleCount({ store, onOpen }: { store: RoomStore; onOpen: () => void }) {
  return (
    <button type="button" class="count" aria-haspopup="dialog" onClick={onOpen}>
      <Icon name="people" />
      <span class="quiet">{t("room.people_title")}: </span>
      {counts(store.here.value).map((says) => (
        <span key={says} class="count-one">
          {says}
        </span>
      ))}
    </button>
  );
}

/** Those who follow are not told who is here; observers are told of even when there are none that write. */
function counts({ people, viewers, observers }: Presence): string[] {
  const all: [Word, number][] = [
    ["room.people_here", people.length],
    ["room.people_follow", viewers],
    ["room.people_observe", observers.total],
  ];
  const some = all.filter(([, count]) => count > 0);
  return some.map(([word, count]) => t(word, { count }));
}
