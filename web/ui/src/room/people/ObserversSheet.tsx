import { useState } from "preact/hooks";
import { Field } from "../../design/Field.tsx";
import type { Observers } from "../../wire/frames.ts";
import { t } from "../../words/words.ts";
import { ActSheet } from "./ActSheet.tsx";
import { Choices } from "./Choices.tsx";
import type { ActProps } from "./CloseSheet.tsx";
import { listening } from "./observers.ts";
import { progressOf, send } from "./progress.ts";

const MODES = ["off", "delayed", "live"] as const;
const DEFAULT_DELAY_S = 60;
const MOST_DELAY_S = 86_400;
type Mode = Observers["mode"];

/** How observers see the room: who listens now, and what each choice means for them. */
export function ObserversSheet({ onClose, ...given }: ActProps) {
  const { store } = given;
  const now = store.card.value?.observers;
  const [mode, setMode] = useState<Mode>(now?.mode ?? "off");
  const [delay_s, setDelay] = useState(now?.mode === "delayed" ? now.delay_s : DEFAULT_DELAY_S);
  const wanted = { mode, delay_s: mode === "delayed" ? delay_s : 0 };
  const done = now?.mode === wanted.mode && now.delay_s === wanted.delay_s;
  return (
    <ActSheet
      title={t("room.do_observers")}
      word="room.do_observers_set"
      progress={progressOf(store, "observers")}
      done={done}
      send={async () => done || send(given, "observers", wanted)}
      onClose={onClose}
    >
      <p class="act-says">{t("room.do_observers_says")}</p>
      <p class="act-fact">{listening(store.here.value.observers)}</p>
      <Choices legend={t("room.do_observers_how")} name="mode" choices={choices()} value={mode} onChoose={setMode} />
      {mode === "delayed" && <Delay delay_s={delay_s} set={setDelay} />}
    </ActSheet>
  );
}

function choices() {
  return MODES.map((value) => ({ value, label: t(`room.do_mode_${value}`), says: t(`room.do_mode_${value}_says`) }));
}

function Delay({ delay_s, set }: { delay_s: number; set: (delay_s: number) => void }) {
  return (
    <Field
      label={t("room.do_delay")}
      type="number"
      inputMode="numeric"
      required
      min={1}
      max={MOST_DELAY_S}
      value={delay_s}
      onInput={(event) => set(event.currentTarget.valueAsNumber || 0)}
    />
  );
}
