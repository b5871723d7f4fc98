import { useState } from "preact/hooks";
import { Tick } from "../../ask/Tick.tsx";
import { Button } from "../../design/Button.tsx";
import { Field } from "../../design/Field.tsx";
import { Doubts } from "../../identifiers/Doubts.tsx";
import { prepared } from "../../identifiers/doubts.ts";
import { t } from "../../words/words.ts";
import type { Desk } from "../desk.ts";
import { ActSheet } from "../people/ActSheet.tsx";
import { send } from "../people/progress.ts";
import { useLookedOver } from "../plan/useLookedOver.ts";
import { FEWEST, filled, MOST, placed, type Question, textsOf, wrongWith } from "./opening.ts";
import "../../words/more/polls.ts";

const MOST_QUESTION = 300;
const MOST_OPTION = 120;
const EMPTY: Question = { question: "", options: Array<string>(FEWEST).fill(""), multiple: false };

/** Ask the room a question with options. */
export function PollSheet({ desk, onClose }: { desk: Desk; onClose: () => void }) {
  const [asked, setAsked] = useState(EMPTY);
  const [wrong, setWrong] = useState<ReturnType<typeof wrongWith>>();
  const over = useLookedOver((confirmed) => send(desk, "poll_open", { ...filled(asked), ...confirmed }));
  const change = (part: Partial<Question>) => {
    setAsked({ ...asked, ...part });
    setWrong(undefined);
    void prepared();
  };
  const ask = async () => {
    const found = wrongWith(asked);
    setWrong(found);
    if (!found) await over.ask(textsOf(filled(asked)));
  };
  return (
    <ActSheet title={t("polls.open")} word="polls.open_send" given={desk} kind="poll_open" send={ask} onClose={onClose}>
      <p class="act-says">{t("polls.open_says")}</p>
      <Field
        label={t("polls.question")}
        required
        maxLength={MOST_QUESTION}
        value={asked.question}
        onInput={(event) => change({ question: event.currentTarget.value })}
      />
      {asked.options.map((option, n) => (
        <Field
          key={n}
          label={t("polls.option", { place: n + 1 })}
          required={n < FEWEST}
          maxLength={MOST_OPTION}
          value={option}
          onInput={(event) => change({ options: placed(asked.options, n, event.currentTarget.value) })}
        />
      ))}
      {asked.options.length < MOST && (
        <Button icon="ask" onClick={() => change({ options: [...asked.options, ""] })}>
          {t("polls.more")}
        </Button>
      )}
      <Tick label={t("polls.multiple")} on={asked.multiple} onTick={(multiple) => change({ multiple })} />
      {wrong && (
        <p class="field-error" role="alert">
          {t(`polls.wrong_${wrong}`)}
        </p>
      )}
      {over.doubts.length > 0 && <Doubts doubts={over.doubts} onEdit={over.edit} onConfirm={over.confirm} />}
    </ActSheet>
  );
}
