import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { announce } from "../../design/announce.ts";
import { Button } from "../../design/Button.tsx";
import { Sheet } from "../../design/Sheet.tsx";
import { t, type Word } from "../../words/words.ts";
import type { Progress } from "./progress.ts";
import "../../words/more/room.ts";

interface Props {
  title: string;
  /** What the button says that does it. */
  word: Word;
  /** What the button says that leaves it, where that is not to cancel. */
  leave?: Word;
  progress: Progress;
  /** The room is as was asked for: the sheet closes. */
  done: boolean;
  send: () => Promise<unknown>;
  onClose: () => void;
  children: ComponentChildren;
}

/** A sheet that asks one thing of the room, and stays until that is on record or one closes it. */
export function ActSheet({ title, word, leave = "common.cancel", progress, done, send, onClose, children }: Props) {
  const form = useId();
  const [asked, setAsked] = useState(false);
  const under = progress.is === "sending" || progress.is === "kept";
  const back = useFocusOn(under);
  useEffect(() => {
    if (under) setAsked(true);
    if (!done || !asked) return;
    announce(t("room.do_recorded"));
    onClose();
  }, [done, asked, under]);
  const submit = (event: Event) => {
    event.preventDefault();
    setAsked(true);
    if (!under) void send();
  };
  const foot = (
    <>
      <Button innerRef={back} onClick={onClose}>
        {t(under ? "common.back" : leave)}
      </Button>
      {!under && (
        <Button look="next" type="submit" form={form}>
          {t(word)}
        </Button>
      )}
    </>
  );
  return (
    <Sheet title={title} onClose={onClose} foot={foot}>
      <form id={form} class="act" onSubmit={submit}>
        {children}
        <Told progress={progress} />
      </form>
    </Sheet>
  );
}

function Told({ progress }: { progress: Progress }) {
  const says = progress.is === "refused" ? progress.says : progress.is === "none" ? "" : t(`room.do_${progress.is}`);
  useEffect(() => {
    if (progress.is === "refused" || progress.is === "kept") announce(says);
  }, [progress.is, says]);
  if (!says) return null;
  return <p class={progress.is === "refused" ? "act-told act-refused said" : "act-told"}>{says}</p>;
}

/** The button that sent it is gone while it is under way: the focus goes to the one that is left. */
function useFocusOn(under: boolean) {
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (under) back.current?.focus();
  }, [under]);
  return back;
}
