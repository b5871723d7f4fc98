import { useId } from "preact/hooks";
import { Written } from "../../design/Written.tsx";
import type { Case } from "../../wire/frames.ts";
import { list, specialty } from "../../words/format.ts";
import { t, type Word } from "../../words/words.ts";
import { Folded } from "./Folded.tsx";
import "./isbar.css";
import "../../words/more/room.ts";

const ASKED_LINES = 8;
const LINES = 4;
const PARTS: { part: "situation" | "background" | "assessment"; word: Word }[] = [
  { part: "situation", word: "room.case_situation" },
  { part: "background", word: "room.case_background" },
  { part: "assessment", word: "room.case_assessment" },
];

interface Props {
  of: Case;
  heading: "h2" | "h3";
  /** All of it, without folds. */
  whole?: boolean;
}

/** What is asked, and of whom. */
export function Asked({ of, heading: Heading, whole = false }: Props) {
  const id = useId();
  return (
    <section class="asked" aria-labelledby={id}>
      <Heading id={id}>{t("room.case_request")}</Heading>
      <Text says={of.request} of={t("room.case_request")} lines={whole ? undefined : ASKED_LINES} />
      <p class="asked-of">{t("room.case_asked_of", { specialties: list(of.specialties.map(specialty)) })}</p>
    </section>
  );
}

/** What the request rests on, in the order in which it is spoken. */
export function Isbar({ of, heading, whole = false }: Props) {
  return (
    <>
      {PARTS.map(({ part, word }) => (
        <Part key={part} says={of[part]} word={word} heading={heading} lines={whole ? undefined : LINES} />
      ))}
    </>
  );
}

interface PartProps {
  says: string | undefined;
  word: Word;
  heading: Props["heading"];
  lines: number | undefined;
}

function Part({ says, word, heading: Heading, lines }: PartProps) {
  const id = useId();
  if (!says) return null;
  return (
    <section class="isbar" aria-labelledby={id}>
      <Heading id={id}>{t(word)}</Heading>
      <Text says={says} of={t(word)} lines={lines} />
    </section>
  );
}

function Text({ says, of, lines }: { says: string; of: string; lines: number | undefined }) {
  if (lines === undefined)
    return (
      <p class="said">
        <Written text={says} />
      </p>
    );
  return <Folded key={says} text={says} lines={lines} of={of} />;
}
