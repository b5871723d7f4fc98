import { useId, useState } from "preact/hooks";
import { later, Over } from "../../design/later.tsx";
import { Moment } from "../../design/Moment.tsx";
import { nameOf } from "../../design/Person.tsx";
import type { Api } from "../../http/api.ts";
import { seesFigures } from "../../insights/sight.ts";
import type { Client } from "../../live/client.ts";
import { verifiable } from "../../verification/types.ts";
import type { Here, Me } from "../../wire/frames.ts";
import { t } from "../../words/words.ts";
import type { RoomStore } from "../store/store.ts";
import { Contributor } from "./Contributor.tsx";
import { Listeners } from "./Listeners.tsx";
import { presenterFirst } from "./order.ts";
import "./people.css";
import "../../words/more/room.ts";

const InterestsSheet = later(
  () => import("../../interests/InterestsSheet.tsx").then((file) => file.InterestsSheet),
  Over,
);

export interface PeopleProps {
  api: Pick<Api, "get">;
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
export function PeopleBody({ api, store, client, me }: PeopleProps) {
  const [about, setAbout] = useState<Here | null>(null);
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
            onInterests={me.role !== "observer" && verifiable(here) ? () => setAbout(here) : undefined}
          />
        ))}
      </ul>
      {about && (
        <InterestsSheet
          api={api}
          room={store.id}
          person={about.person}
          who={nameOf(about)}
          onClose={() => setAbout(null)}
        />
      )}
      <Listeners here={store.here.value} />
    </>
  );
}
