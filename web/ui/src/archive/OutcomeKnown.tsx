import type { ComponentChildren } from "preact";
import { nameOf } from "../design/Person.tsx";
import { Written } from "../design/Written.tsx";
import { isWords, shown } from "../outcome/answers.ts";
import { QUESTIONS, type Question } from "../room/fold/card.ts";
import type { Post } from "../room/fold/post.ts";
import type { OutcomeGiven } from "../wire/frames.ts";
import { dateOf } from "../words/format.ts";
import { said, t, type Word } from "../words/words.ts";
import type { OutcomeNote } from "./replay.ts";
import "../words/more/outcome.ts";

interface Props {
  note: OutcomeNote;
  posts: ReadonlyMap<string, Post>;
  onJump: (post: string) => void;
}

/** The last outcome: five answers, whether the assessment was right, and which posts were. */
export function OutcomeKnown({ note, posts, onJump }: Props) {
  const { body, by, at } = note;
  const when = <time dateTime={new Date(at).toISOString()}>{dateOf(at)}</time>;
  return (
    <>
      <dl class="outcome-answers">
        {QUESTIONS.map((question) => (
          <Line key={question} question={question} value={body[question]}>
            {question === "diagnosis" && body.how_known && <HowKnown text={body.how_known} />}
          </Line>
        ))}
      </dl>
      <p>{t(`outcome.about_${body.verdict}`)}</p>
      <Claims word="outcome.supports" ids={body.supports} posts={posts} onJump={onJump} />
      <Claims word="outcome.contradicts" ids={body.contradicts} posts={posts} onJump={onJump} />
      <p class="ending-by">{said("outcome.told_by", { name: <bdi>{nameOf(by)}</bdi>, when })}</p>
    </>
  );
}

interface LineProps {
  question: Question;
  value: OutcomeGiven[Question];
  children: ComponentChildren;
}

function Line({ question, value, children }: LineProps) {
  const words = shown(value);
  return (
    <div>
      <dt>{t(`outcome.short_${question}`)}</dt>
      <dd class={isWords(value) || typeof value === "boolean" ? "said" : "outcome-open"}>
        {isWords(value) ? <Written text={words} /> : words}
        {children}
      </dd>
    </div>
  );
}

function HowKnown({ text }: { text: string }) {
  return (
    <p class="outcome-how">
      <span class="quiet">{t("outcome.short_how_known")} </span>
      <Written text={text} />
    </p>
  );
}

/** Posts that turned out right, or wrong: each a way to where it stands in the log. */
function Claims({
  word,
  ids,
  posts,
  onJump,
}: { word: Word; ids: readonly string[] } & Pick<Props, "posts" | "onJump">) {
  const found = ids.map((id) => posts.get(id)).filter((post) => post !== undefined);
  if (found.length === 0) return null;
  return (
    <div class="outcome-claims">
      <h3>{t(word)}</h3>
      <ul>
        {found.map((post) => (
          <li key={post.id}>
            <button type="button" class="outcome-claim said" onClick={() => onJump(post.id)}>
              <Written text={post.text} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
