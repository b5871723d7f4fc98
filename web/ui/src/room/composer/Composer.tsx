import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../design/Button.tsx";
import { later, Nothing, Over } from "../../design/later.tsx";
import { prepared } from "../../identifiers/doubts.ts";
import { t } from "../../words/words.ts";
import type { Desk } from "../desk.ts";
import { ask } from "./asking.ts";
import { ComposerCount } from "./ComposerCount.tsx";
import { bring, ComposerPictures } from "./ComposerPictures.tsx";
import { ComposerReply } from "./ComposerReply.tsx";
import { ComposerTools } from "./ComposerTools.tsx";
import { choose, placeOf } from "./choosing.ts";
import { confirm, rewritten } from "./doubting.ts";
import { isEmpty } from "./drafts.ts";
import { Mentions } from "./Mentions.tsx";
import { useKept } from "./useDraft.ts";
import { useMentions } from "./useMentions.ts";
import { useReturned } from "./useReturned.ts";
import "../../words/more/room.ts";

const ClaimHint = later(() => import("../evidence/ClaimHint.tsx").then((file) => file.ClaimHint), Nothing);
const Doubts = later(() => import("../../identifiers/Doubts.tsx").then((file) => file.Doubts), Over);

const TOUCHES = "(pointer: coarse)";

/** Where one writes to the room. What is written is kept on this device until it waits to be sent. */
export function Composer({ desk }: { desk: Desk }) {
  const { draft, store } = desk;
  const form = useRef<HTMLFormElement>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  const [error, setError] = useState<string>();
  useKept(desk.draftKey, draft);
  useFocus(desk, box);
  const mentions = useMentions(desk, box);
  const list = useId();
  useReturned(desk);
  useEffect(() => () => store.typing_now(false), [store]);
  const send = async (event?: Event) => {
    event?.preventDefault();
    setError(await ask(desk));
    if (!draft.value.doubts) box.current?.focus();
  };
  const change = (text: string) => {
    draft.value = rewritten(draft.value, { text });
    void prepared();
    store.typing_now(text !== "");
    mentions.look();
  };
  return (
    <form
      ref={form}
      class={isEmpty(draft.value) ? "composer composer-empty" : "composer"}
      onSubmit={send}
      onPaste={(event) => brings(desk, event, event.clipboardData)}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => brings(desk, event, event.dataTransfer)}
    >
      <ComposerReply desk={desk} />
      <ComposerTools desk={desk} />
      <ComposerPictures desk={desk} />
      {mentions.offer && <Mentions id={list} {...mentions.offer} onTake={mentions.take} />}
      <div class="composer-line">
        <div class="composer-grow" data-text={draft.value.text}>
          <textarea
            ref={box}
            name="text"
            rows={1}
            class="composer-box"
            aria-label={t("room.say_label")}
            aria-describedby="composer-says"
            aria-autocomplete="list"
            aria-controls={mentions.offer ? list : undefined}
            aria-activedescendant={mentions.offer ? `${list}-${mentions.offer.at}` : undefined}
            placeholder={t(draft.value.reply_to ? "room.say_answer" : "room.say_placeholder")}
            value={draft.value.text}
            onInput={(event) => change(event.currentTarget.value)}
            onKeyDown={(event) => mentions.pressed(event) || pressed(event, send, desk)}
            onBlur={() => {
              mentions.close();
              store.typing_now(false);
            }}
          />
        </div>
        <Button look="next" type="submit" icon="send" class="composer-send">
          {t("room.say_send")}
        </Button>
      </div>
      {draft.value.text.trim() !== "" && draft.value.evidence.length === 0 && <ClaimHint draft={draft} />}
      {draft.value.doubts && (
        <Doubts
          doubts={draft.value.doubts}
          nameOf={placeOf}
          onEdit={(first) => choose(form.current, first)}
          onConfirm={() => {
            confirm(draft);
            void send();
          }}
        />
      )}
      <ComposerCount desk={desk} error={error} />
    </form>
  );
}

/** What is pasted or dropped here is brought, if it is a file. */
function brings(desk: Desk, event: Event, from: DataTransfer | null): void {
  const files = [...(from?.files ?? [])];
  if (files.length === 0) return;
  event.preventDefault();
  bring(desk, files);
}

/** Enter sends where keys are pressed, and breaks the line where a thumb taps. */
function pressed(event: KeyboardEvent, send: (event: Event) => void, desk: Desk): void {
  if (event.isComposing) return;
  const sends = event.ctrlKey || event.metaKey || !(event.shiftKey || matchMedia(TOUCHES).matches);
  if (event.key === "Enter" && sends) send(event);
  if (event.key === "Escape") stepBack(desk, event.currentTarget as HTMLElement);
}

/** First drops what is answered, then leaves the box for the post in hand. */
function stepBack(desk: Desk, box: HTMLElement): void {
  const { reply_to, ...rest } = desk.draft.value;
  if (reply_to !== undefined) {
    desk.draft.value = rest;
    return;
  }
  box.blur();
  desk.wanted.value = desk.current.value ?? desk.store.timeline.value.at(-1)?.key ?? null;
}

/** The focus comes when it is asked for, with the cursor at the end of what stands there. */
function useFocus(desk: Desk, box: { readonly current: HTMLTextAreaElement | null }): void {
  const asked = desk.writing.value;
  useLayoutEffect(() => {
    const { current } = box;
    if (asked === 0 || !current) return;
    current.focus();
    current.setSelectionRange(current.value.length, current.value.length);
  }, [asked]);
}
