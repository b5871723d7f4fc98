import type { ComponentChildren } from "preact";
import { Person } from "../../design/Person.tsx";
import type { Case, Me } from "../../wire/frames.ts";
import { dateOf, language, list } from "../../words/format.ts";
import { known, t, type Word } from "../../words/words.ts";
import { personOf } from "../people/names.ts";
import type { RoomStore } from "../store/store.ts";
import "./facts.css";
import "../../words/more/room.ts";

/** Who presents, who the patient is, who may read it, and since when. */
export function CaseFacts({ store, me, of }: { store: RoomStore; me: Me; of: Case }) {
  const reach = store.card.value?.reach ?? of.reach;
  return (
    <Facts>
      <Fact word="room.case_presenter">
        <Presenter store={store} me={me} person={store.card.value?.presenter ?? of.presenter} />
      </Fact>
      <Patient of={of} />
      <Fact word="room.case_reach">{t(`room.case_reach_${reach}`)}</Fact>
      <Origin of={of} />
    </Facts>
  );
}

/** Facts in two columns: what, and which. */
export function Facts({ children }: { children: ComponentChildren }) {
  return <dl class="facts">{children}</dl>;
}

export function Fact({ word, children }: { word: Word; children: ComponentChildren }) {
  return (
    <div class="fact">
      <dt>{t(word)}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Age and sex as far as they were said, and which languages are spoken. */
export function Patient({ of }: { of: Case }) {
  const patient = [of.age_band && ageOf(of.age_band), of.sex && sexOf(of.sex)].filter(Boolean).join(", ");
  return (
    <>
      {patient && (
        <Fact word="room.case_patient">
          <bdi>{patient}</bdi>
        </Fact>
      )}
      <Fact word="room.case_languages">{list(of.languages.map(language))}</Fact>
    </>
  );
}

/** When it was opened, and which case it goes on from. */
export function Origin({ of }: { of: Case }) {
  return (
    <>
      <Fact word="room.case_opened">
        <time dateTime={new Date(of.opened_at).toISOString()}>{dateOf(of.opened_at)}</time>
      </Fact>
      {of.linked_to && (
        <Fact word="room.case_linked">
          <a href={`/case/${of.linked_to}`}>{t("room.case_linked_open")}</a>
        </Fact>
      )}
    </>
  );
}

function Presenter({ store, me, person }: { store: RoomStore; me: Me; person: string }) {
  const by = personOf(store, me, { person });
  const away = store.here.value.people.length > 0 && !store.here.value.people.some((one) => one.person === person);
  return (
    <>
      {by && <Person by={by} />} {away && <span class="fact-aside">{t("room.case_presenter_away")}</span>}
    </>
  );
}

/** A band without a unit is of years. */
function ageOf(band: string): string {
  return /^[\d+–-]+$/.test(band) ? t("room.case_years", { band: band.replace("-", "–") }) : band;
}

function sexOf(sex: string): string {
  const word = `room.case_sex_${sex}`;
  return known(word) ? t(word) : sex;
}
