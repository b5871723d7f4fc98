import { useState } from "preact/hooks";
import { Choices } from "../../design/Choices.tsx";
import { AreaField, Field } from "../../design/Field.tsx";
import { Doubts } from "../../identifiers/Doubts.tsx";
import { type Confirmation, confirming, type Doubt, lookOver } from "../../identifiers/doubts.ts";
import type { Client } from "../../live/client.ts";
import type { Me } from "../../wire/frames.ts";
import { t } from "../../words/words.ts";
import { confirmations } from "../composer/doubting.ts";
import type { RoomStore } from "../store/store.ts";
import { ActSheet } from "./ActSheet.tsx";
import {
  begun,
  type Closing,
  confirmedBefore,
  dispositionOf,
  doubtsOfRefused,
  drop,
  ENDINGS,
  type Ending,
  keep,
} from "./closing.ts";
import { send } from "./progress.ts";
import "../../words/more/acts.ts";
import "../../words/more/room.ts";

const MOST_DISPOSITION = 200;
const MOST_SUMMARY = 8_000;

export interface ActProps {
  store: RoomStore;
  client: Client;
  me: Me;
  onClose: () => void;
}

/** Close the case: how it ended, in a word and in a summary. */
export function CloseSheet({ onClose, ...given }: ActProps) {
  const { store, me } = given;
  const [closing, set] = useClosing(me.person, store);
  const [doubts, setDoubts] = useState<readonly Doubt[]>(() => doubtsOfRefused(store.waiting.peek()));
  const [confirmed, setConfirmed] = useState<readonly Confirmation[]>(() => confirmedBefore(store.waiting.peek()));
  const close = async (said = confirmed) => {
    const texts = { disposition: dispositionOf(closing), summary: closing.summary };
    const found = await lookOver(texts, said);
    setDoubts(found);
    if (found.length > 0) return;
    await send(given, "close", { ...texts, ...confirmations(said) });
    drop(me.person, store.id);
  };
  const confirm = () => {
    const said = [...confirmed, ...confirming(doubts)];
    setConfirmed(said);
    void close(said);
  };
  return (
    <ActSheet
      title={t("room.do_close")}
      word="room.do_close"
      given={given}
      kind="close"
      send={() => close()}
      onClose={onClose}
    >
      <p class="act-says">{t("acts.close_says")}</p>
      <HowItEnded closing={closing} set={set} />
      <AreaField
        label={t("acts.summary")}
        hint={t("acts.summary_hint")}
        required
        maxLength={MOST_SUMMARY}
        value={closing.summary}
        onInput={(event) => set({ ...closing, summary: event.currentTarget.value })}
      />
      {doubts.length > 0 && <Doubts doubts={doubts} onEdit={() => setDoubts([])} onConfirm={confirm} />}
    </ActSheet>
  );
}

function HowItEnded({ closing, set }: { closing: Closing; set: (closing: Closing) => void }) {
  const choices = [...ENDINGS, "other" as const].map((value) => ({ value, label: t(`acts.end_${value}`) }));
  const choose = (ending: Ending) => set({ ...closing, ending });
  return (
    <>
      <Choices legend={t("acts.end")} name="ending" choices={choices} value={closing.ending} onChoose={choose} />
      {closing.ending === "other" && (
        <Field
          label={t("acts.end_own")}
          required
          maxLength={MOST_DISPOSITION}
          value={closing.own}
          onInput={(event) => set({ ...closing, own: event.currentTarget.value })}
        />
      )}
    </>
  );
}

function useClosing(person: string, store: RoomStore) {
  const [closing, setClosing] = useState(() => begun(person, store.id, store.waiting.peek()));
  const set = (changed: Closing) => {
    setClosing(changed);
    keep(person, store.id, changed);
  };
  return [closing, set] as const;
}
