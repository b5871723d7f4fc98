import { useEffect, useId, useRef, useState } from "preact/hooks";
import { announce } from "../design/announce.ts";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { Sheet } from "../design/Sheet.tsx";
import { useSubmit } from "../design/useSubmit.ts";
import { t } from "../words/words.ts";
import type { AskedSurveys } from "./asked.ts";
import { MOST_QUESTIONS, QUESTION, type SurveyDraft, type Wrong, wishOf, withQuestion, wrongsOf } from "./draft.ts";
import { QuestionFields } from "./QuestionFields.tsx";
import { WhomFields } from "./WhomFields.tsx";
import "../words/more/surveying.ts";

interface Props {
  asked: AskedSurveys;
  draft: SurveyDraft;
  onChange: (draft: SurveyDraft) => void;
  onSent: () => void;
  onClose: () => void;
}

/** A new survey. What is to be mended stands at its field once one has tried to send it. */
export function AskSheet({ asked, draft, onChange, onSent, onClose }: Props) {
  const form = useId();
  const [refused, setRefused] = useState<string>();
  const [tries, setTries] = useState(0);
  const wrongs = tries > 0 ? wrongsOf(draft, Date.now()) : NONE;
  const place = useFirstWrong(tries);
  const wrongAt = (name: string) => said(wrongs.get(name));
  const set = (part: Partial<SurveyDraft>) => {
    setRefused(undefined);
    onChange({ ...draft, ...part });
  };
  const { questions } = draft;
  const send = useSubmit(async () => {
    setTries(tries + 1);
    if (wrongsOf(draft, Date.now()).size > 0) return;
    const why = await asked.open(wishOf(draft));
    setRefused(why);
    if (why !== undefined) return;
    announce(t("surveying.sent"));
    onSent();
  });
  return (
    <Sheet title={t("surveying.new")} onClose={onClose} foot={<Foot form={form} onClose={onClose} />}>
      <form ref={place} id={form} class="asked-form" onSubmit={send} noValidate>
        <Field
          label={t("surveying.title")}
          hint={t("surveying.title_hint")}
          error={wrongAt("title")}
          maxLength={200}
          value={draft.title}
          onInput={(event) => set({ title: event.currentTarget.value })}
        />
        {questions.map((question, n) => (
          <QuestionFields
            key={n}
            place={n}
            question={question}
            wrongAt={wrongAt}
            onChange={(part) => set({ questions: withQuestion(questions, n, part) })}
            {...(questions.length > 1 && { onRemove: () => set({ questions: questions.filter((_, at) => at !== n) }) })}
          />
        ))}
        {questions.length < MOST_QUESTIONS && (
          <Button icon="ask" onClick={() => set({ questions: [...questions, QUESTION] })}>
            {t("surveying.question_add")}
          </Button>
        )}
        <WhomFields draft={draft} wrongAt={wrongAt} onChange={set} />
        <Times draft={draft} wrongAt={wrongAt} onChange={set} />
        {refused && (
          <p class="field-error" role="alert">
            {refused}
          </p>
        )}
      </form>
    </Sheet>
  );
}

const NONE: ReadonlyMap<string, Wrong> = new Map();

function Foot({ form, onClose }: { form: string; onClose: () => void }) {
  return (
    <>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button look="next" type="submit" form={form}>
        {t("surveying.send")}
      </Button>
    </>
  );
}

interface TimesProps {
  draft: SurveyDraft;
  wrongAt: (name: string) => string | undefined;
  onChange: (part: Partial<SurveyDraft>) => void;
}

function Times({ draft, wrongAt, onChange }: TimesProps) {
  return (
    <fieldset class="asked-part">
      <legend>{t("surveying.when")}</legend>
      {(["opens", "closes"] as const).map((name) => (
        <Field
          key={name}
          type="datetime-local"
          label={t(`surveying.${name}`)}
          hint={name === "closes" ? t("surveying.closes_hint") : undefined}
          error={wrongAt(name)}
          value={draft[name]}
          onInput={(event) => onChange({ [name]: event.currentTarget.value })}
        />
      ))}
    </fieldset>
  );
}

function said(wrong: Wrong | undefined): string | undefined {
  return wrong && t(`surveying.wrong_${wrong}`);
}

/** The form, in which the first field that is to be mended takes the focus at each try. */
function useFirstWrong(tries: number) {
  const place = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (tries > 0) place.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [tries]);
  return place;
}
