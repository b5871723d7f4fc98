import { useId } from "preact/hooks";
import { Moment } from "../../design/Moment.tsx";
import { seesFigures } from "../../insights/sight.ts";
import type { Client } from "../../live/client.ts";
import type { Me } from "../../wire/frames.ts";
import { t } from "../../words/words.ts";
import type { RoomStore } from "../store/store.ts";
import { Contributor } from "./Contributor.tsx";
import { Listeners } from "./Listeners.tsx";
import { presenterFirst } from "./order.ts";
import "./people.css";
import "../../words/more/room.ts";

export interface PeopleProps {
  store: RoomStore;
  client: Client;
  me: Me;
}

/** Who is here: contributors by name, those who follow and who observes as counts. */
export function PeopleZone(props: PeopleProps) {
  const id = useId();
  return (
    <section class="zone people" aria-labelledby={id}>
      <h2 id={id} class="people-title">
        {t("room.people_title")}
      </h2>
      <PeopleBody {...props} />
    </section>
  );
}

/** All of it below its heading. */
export function PeopleBody({ store, client, me }: PeopleProps) {
  const { people, as_of } = store.here.value;
  const old = store.seat.value.is === "away" || client.link.health.value.backplane === "away";
  const presenter = store.card.value?.presenter;
  const typing = new Set(store.typing.value.map((by) => by.person));
  return (
    <>
      {old && as_of > 0 && (
        <p class="people-old">
          {t("room.people_as_of")} <Moment at={as_of} />
        </p>
      )}
      <ul class="people-list">
        {presenterFirst(people, presenter).map((here) => (
          <Contributor
            key={here.person}
            here={here}
            presents={here.person === presenter}
            self={here.person === me.person}
            typing={typing.has(here.person)}
            linked={seesFigures(me)}
          />
        ))}
      </ul>
      <Listeners here={store.here.value} />
    </>
  );
}
