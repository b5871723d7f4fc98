import { Choices } from "../../design/Choices.tsx";
import { nameOf, standingOf } from "../../design/Person.tsx";
import { intl } from "../../words/locale.ts";
import type { RoomStore } from "../store/store.ts";

interface Props {
  legend: string;
  /** What is said where nobody else is here. */
  nobody: string;
  store: RoomStore;
  value: string | undefined;
  onChoose: (person: string) => void;
}

/** One of the others who are here, by name; the presenter is no other. */
export function Colleagues({ legend, nobody, store, value, onChoose }: Props) {
  const presenter = store.card.value?.presenter;
  const others = store.here.value.people.filter(({ person }) => person !== presenter);
  if (others.length === 0) return <p class="act-fact">{nobody}</p>;
  const { compare } = new Intl.Collator(intl);
  const choices = others
    .map((by) => ({ value: by.person, label: nameOf(by), says: standingOf(by) }))
    .sort((one, other) => compare(one.label, other.label));
  return <Choices legend={legend} name="colleague" choices={choices} value={value} onChoose={onChoose} />;
}
