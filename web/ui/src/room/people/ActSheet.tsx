import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { announce } from "../../design/announce.ts";
import { Button } from "../../design/Button.tsx";
import { Sheet } from "../../design/Sheet.tsx";
import type { CommandFrame } from "../../wire/outbox.ts";
import { t, type Word } from "../../words/words.ts";
import type { ActProps } from "./CloseSheet.tsx";
import { type Progress, progressOf } from "./progress.ts";
import { useRecorded } from "./useRecorded.ts";
import "../../words/more/room.ts";

interface Props {
  title: string;
  /** What the button says that does it. */
  word: Word;
  /** What the button says that leaves it, where that is not to cancel. */
  leave?: Word;
  given: Pick<ActProps, "store" | "client">;
  /** The command that is asked for. */
  kind: CommandFrame["t"];
  send: () => Promise<unknown>;
  onClose: () => void;
  /** It is on record now. */
  onRecorded?: (() => void) | undefined;
  children: ComponentChildren;
}

/** A sheet that asks one thing of the room, and stays until that is on record or one closes it. */
export function ActSheet(props: Props) {
  const { title, word, leave = "common.cancel", given, kind, send, onClose, onRecorded, children } = props;
  const form = useId();
  const progress = progressOf(given.store, kind);
  const recorded = useRecorded(given, kind);
  const under = progress.is === "sending" || progress.is === "kept";
  const back = useFocusOn(under);
  useEffect(() => {
    if (!recorded) return;
    announce(t("room.do_recorded"));
    onRecorded?.();
    onClose();
  }, [recorded]);
  const submit = (event: Event) => {
    event.preventDefault();
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
