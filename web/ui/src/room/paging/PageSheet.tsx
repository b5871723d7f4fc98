import { useState } from "preact/hooks";
import { SPECIALTIES } from "../../ask/options.ts";
import { Picker } from "../../ask/Picker.tsx";
import { Choices } from "../../design/Choices.tsx";
import { AreaField } from "../../design/Field.tsx";
import { nameOf, standingOf } from "../../design/Person.tsx";
import { Doubts } from "../../identifiers/Doubts.tsx";
import { Interrupts } from "../../reach/Interrupts.tsx";
import { t } from "../../words/words.ts";
import { ActSheet } from "../people/ActSheet.tsx";
import type { ActProps } from "../people/CloseSheet.tsx";
import { send } from "../people/progress.ts";
import { useLookedOver } from "../plan/useLookedOver.ts";
import { rightsOf } from "../rights.ts";
import { SeekField } from "./SeekField.tsx";
import { useSeeking } from "./useSeeking.ts";
import { askedBy, othersOf, type Whom, waysOf, wishOf } from "./whom.ts";
import "../../words/more/paging.ts";

const MOST_CHARS = 2_000;

/** Call more people: of the case's specialties, of another one, somebody who was here, or somebody by name. */
export function PageSheet({ onClose, ...given }: ActProps) {
  const { store, me } = given;
  const [whom, setWhom] = useState<Whom>("specialty");
  const [specialties, setSpecialties] = useState<readonly string[]>([]);
  const [person, setPerson] = useState<string>();
  const [note, setNote] = useState("");
  const others = othersOf(store, me.person);
  const seeking = useSeeking(given.client, store.id);
  const wish = wishOf(whom, specialties[0], person, seeking.found?.person);
  const over = useLookedOver(async (confirmed) => {
    if (wish) await send(given, "page", { ...wish, ...(note.trim() && { note }), ...confirmed });
  });
  const invites = rightsOf(store.seat.value, store.card.value, me).hands_over;
  const choices = waysOf(others, invites).map((value) => ({ value, label: t(`paging.more_${value}`) }));
  return (
    <ActSheet
      title={t("paging.more")}
      word="paging.more"
      given={given}
      kind="page"
      send={() => (whom === "handle" && !wish ? seeking.seek() : over.ask({ note }))}
      onClose={onClose}
    >
      <p class="act-says">{t("paging.more_says")}</p>
      <Choices legend={t("paging.more_whom")} name="whom" choices={choices} value={whom} onChoose={setWhom} />
      {whom === "specialty" && (
        <Picker
          name="specialty"
          label={t("paging.more_which")}
          hint={t("paging.more_which_hint")}
          options={SPECIALTIES}
          chosen={specialties}
          onChange={(chosen) => setSpecialties(chosen.slice(-1))}
        />
      )}
      {whom === "person" && (
        <Choices
          legend={t("paging.more_who")}
          name="person"
          choices={others.map((by) => ({ value: by.person, label: nameOf(by), says: standingOf(by) }))}
          value={person}
          onChoose={setPerson}
        />
      )}
      {whom === "handle" && <SeekField seeking={seeking} />}
      <AreaField
        label={t("paging.more_note")}
        hint={t("paging.more_note_hint")}
        maxLength={MOST_CHARS}
        value={note}
        onInput={(event) => setNote(event.currentTarget.value)}
      />
      {(whom === "case" || whom === "specialty") && <Interrupts client={given.client} fields={askedBy(store, wish)} />}
      {over.doubts.length > 0 && <Doubts doubts={over.doubts} onEdit={over.edit} onConfirm={over.confirm} />}
    </ActSheet>
  );
}
