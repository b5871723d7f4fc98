import { useState } from "preact/hooks";
import { Choices } from "../../design/Choices.tsx";
import { Field } from "../../design/Field.tsx";
import type { ObserverSwitch, Observers } from "../../wire/frames.ts";
import { t } from "../../words/words.ts";
import { ActSheet } from "./ActSheet.tsx";
import type { ActProps } from "./CloseSheet.tsx";
import { type InstitutionKind, kindOf, listening } from "./observers.ts";
import { send } from "./progress.ts";
import { Shown } from "./Shown.tsx";
import "../../words/more/acts.ts";
import "../../words/more/room.ts";

const MODES = ["off", "delayed", "live"] as const;
const KINDS: readonly InstitutionKind[] = ["government", "investor", "pharma", "research", "technology"];
const DEFAULT_DELAY_S = 60;
const MOST_DELAY_S = 86_400;
type Mode = Observers["mode"];
type Wanted = Pick<Observers, "mode" | "delay_s" | "allow_kinds">;

/** How observers see the room: who listens now, and what each choice means for them. */
export function ObserversSheet({ onClose, ...given }: ActProps) {
  const { store } = given;
  const now = store.card.value?.observers;
  const [mode, setMode] = useState<Mode>(now?.mode ?? "off");
  const [delay_s, setDelay] = useState(now?.mode === "delayed" ? now.delay_s : DEFAULT_DELAY_S);
  const [kinds, setKinds] = useState<readonly InstitutionKind[]>(now?.allow_kinds ?? KINDS);
  const narrowed = kinds.length < KINDS.length ? kinds : undefined;
  const wanted = {
    mode,
    delay_s: mode === "delayed" ? delay_s : 0,
    allow_kinds: narrowed,
    allow_purposes: now?.allow_purposes,
  };
  const done = now !== undefined && sameSwitch(now, wanted);
  return (
    <ActSheet
      title={t("room.do_observers")}
      word="acts.observers_set"
      given={given}
      kind="observers"
      send={async () => (done ? onClose() : send(given, "observers", wanted))}
      onClose={onClose}
    >
      <p class="act-says">{t("acts.observers_says")}</p>
      <p class="act-fact">{listening(store.here.value.observers)}</p>
      <Choices legend={t("acts.observers_how")} name="mode" choices={choices()} value={mode} onChoose={setMode} />
      {mode === "delayed" && <Delay delay_s={delay_s} set={setDelay} />}
      {mode !== "off" && <Kinds kinds={kinds} set={setKinds} />}
      <Shown read={() => given.client.observed(store.id)} />
    </ActSheet>
  );
}

function choices() {
  return MODES.map((value) => ({ value, label: t(`acts.mode_${value}`), says: t(`acts.mode_${value}_says`) }));
}

function Kinds({ kinds, set }: { kinds: readonly InstitutionKind[]; set: (kinds: InstitutionKind[]) => void }) {
  const turn = (kind: InstitutionKind) => set(KINDS.filter((one) => kinds.includes(one) !== (one === kind)));
  return (
    <fieldset class="choices choices-short">
      <legend>{t("acts.kinds")}</legend>
      {KINDS.map((kind) => (
        <label key={kind} class="choice">
          <input type="checkbox" checked={kinds.includes(kind)} onChange={() => turn(kind)} />
          <span>{kindOf(kind)}</span>
        </label>
      ))}
      <p class="act-says">{t("acts.kinds_says")}</p>
    </fieldset>
  );
}

/** Whether the room is as was asked for. */
function sameSwitch(now: ObserverSwitch, wanted: Wanted): boolean {
  const words = ({ allow_kinds }: Wanted) => JSON.stringify(allow_kinds && [...allow_kinds].sort());
  return now.mode === wanted.mode && now.delay_s === wanted.delay_s && words(now) === words(wanted);
}

function Delay({ delay_s, set }: { delay_s: number; set: (delay_s: number) => void }) {
  return (
    <Field
      label={t("acts.delay")}
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
