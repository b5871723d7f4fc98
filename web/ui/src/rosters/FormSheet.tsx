import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { announce } from "../design/announce.ts";
import { Button } from "../design/Button.tsx";
import { Sheet } from "../design/Sheet.tsx";
import { useSubmit } from "../design/useSubmit.ts";
import { t } from "../words/words.ts";
import "../words/more/rosters.ts";

interface Props {
  title: string;
  /** What the button says that sends it. */
  word: string;
  /** Resolves with what is wrong, if anything. */
  send: () => Promise<string | undefined>;
  onClose: () => void;
  /** The fields; `wrong` is what was wrong with them the last time. */
  children: (wrong: string | undefined) => ComponentChildren;
}

/** A form over the rosters, which closes once it is done. */
export function FormSheet({ title, word, send, onClose, children }: Props) {
  const form = useId();
  const [wrong, setWrong] = useState<string>();
  const submit = useSubmit(async () => {
    const says = await send();
    setWrong(says);
    if (says !== undefined) return;
    announce(t("rosters.done"));
    onClose();
  });
  const foot = (
    <>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button look="next" type="submit" form={form}>
        {word}
      </Button>
    </>
  );
  return (
    <Sheet title={title} onClose={onClose} foot={foot}>
      <form id={form} class="rosters-form" onSubmit={submit} noValidate>
        {children(wrong)}
      </form>
    </Sheet>
  );
}
