import { Button } from "../../design/Button.tsx";
import { nameOf } from "../../design/Person.tsx";
import { said, t } from "../../words/words.ts";
import { type Desk, reply } from "../desk.ts";
import { personOf } from "../people/names.ts";
import { firstWords } from "../post/PostQuote.tsx";
import type { OpenQuestion } from "../store/store.ts";
import "../../words/more/plan.ts";
import "./questions.css";
import "../../words/more/room.ts";

const SHOWN = 3;

/** What this person is asked, and what they asked somebody, until it is answered. */
export function Questions({ desk }: { desk: Desk }) {
  const { store, me, rights } = desk;
  const open = store.questions.value;
  const asked = open.filter(({ to }) => to === me.person);
  const waits = open.filter(({ by }) => by.person === me.person);
  if (!rights.value.writes || asked.length + waits.length === 0) return null;
  return (
    <div class="questions">
      {asked.length > 0 && <Side desk={desk} questions={asked} word="plan.asked_you" />}
      {waits.length > 0 && <Side desk={desk} questions={waits} word="plan.you_asked" />}
    </div>
  );
}

interface SideProps {
  desk: Desk;
  questions: readonly OpenQuestion[];
  word: "plan.asked_you" | "plan.you_asked";
}

/** The oldest of them, each in one line; the rest follow as these are answered. */
function Side({ desk, questions, word }: SideProps) {
  const mine = word === "plan.asked_you";
  return (
    <section class={mine ? "questions-side questions-mine" : "questions-side"}>
      <p class="questions-title">{t(word, { count: questions.length })}</p>
      <ul>
        {questions.slice(0, SHOWN).map((question) => (
          <li key={question.id} class="question">
            <button type="button" class="question-text" onClick={() => jump(desk, question.id)}>
              <Who desk={desk} question={question} mine={mine} /> <bdi>{firstWords(question.text)}</bdi>
            </button>
            {mine && (
              <Button look="next" onClick={() => reply(desk, question.id)}>
                {t("plan.answer")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Who({ desk, question: { by, to }, mine }: { desk: Desk; question: OpenQuestion; mine: boolean }) {
  const person = mine ? by : { person: to };
  const known = personOf(desk.store, desk.me, person);
  const name = <bdi>{known ? nameOf(known) : t("room.line_someone")}</bdi>;
  return <strong>{said(mine ? "plan.from" : "plan.to", { name })}</strong>;
}

function jump(desk: Desk, id: string): void {
  desk.wanted.value = id;
}
