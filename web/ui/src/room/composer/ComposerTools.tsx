import { useId, useLayoutEffect, useState } from "preact/hooks";
import { Button } from "../../design/Button.tsx";
import { Icon } from "../../design/Icon.tsx";
import { nameOf } from "../../design/Person.tsx";
import { t } from "../../words/words.ts";
import type { Desk } from "../desk.ts";
import { EvidenceFields } from "../evidence/EvidenceFields.tsx";
import type { PostKind } from "../fold/post.ts";
import { Attach } from "./ComposerPictures.tsx";
import { inEvidence } from "./doubting.ts";
import "../../words/more/room.ts";

const KINDS: readonly PostKind[] = ["comment", "question", "finding", "recommendation"];

/** What kind of post it is, to whom, and what it rests on. On a phone folded to the kind. */
export function ComposerTools({ desk }: { desk: Desk }) {
  const [chosen, setOpen] = useState<boolean | null>(null);
  const id = useId();
  const { kind, evidence } = desk.draft.value;
  const doubted = inEvidence(desk.draft.value);
  const cited = evidence.length > 0;
  // Evidence shows by itself until one folds it, and again where something in it is marked.
  const open = chosen ?? cited;
  useLayoutEffect(() => {
    if (cited || doubted) setOpen(null);
  }, [cited, doubted]);
  return (
    <div class={open ? "composer-tools composer-tools-open" : "composer-tools"}>
      <button
        type="button"
        class="composer-fold"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {t(`room.kind_${kind}`)}
        <Icon name={open ? "down" : "up"} />
      </button>
      <div id={id} class="composer-tools-in">
        <Kinds desk={desk} />
        <To desk={desk} />
        <EvidenceFields draft={desk.draft} />
        <TrialData desk={desk} />
      </div>
      <Attach desk={desk} />
      <Poll desk={desk} />
    </div>
  );
}

function Kinds({ desk }: { desk: Desk }) {
  const { draft } = desk;
  return (
    <fieldset class="composer-kinds">
      <legend class="quiet">{t("room.say_kind")}</legend>
      {KINDS.map((kind) => (
        <label key={kind} class="composer-kind">
          <input
            type="radio"
            name="kind"
            checked={draft.value.kind === kind}
            onChange={() => {
              draft.value = { ...draft.value, kind };
            }}
          />
          <span>{t(`room.kind_${kind}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** One tick keeps the post from observers. */
function TrialData({ desk }: { desk: Desk }) {
  const { draft } = desk;
  return (
    <label class="composer-trial">
      <input
        type="checkbox"
        checked={draft.value.trial_data === true}
        onChange={(event) => {
          draft.value = { ...draft.value, trial_data: event.currentTarget.checked || undefined };
        }}
      />
      <span>{t("room.say_trial_data")}</span>
    </label>
  );
}

/** What the room is asked to vote on is no post. */
function Poll({ desk }: { desk: Desk }) {
  const open = () => {
    desk.polling.value = true;
  };
  return (
    <Button look="bare" icon="list" class="composer-attach" onClick={open}>
      {t("room.say_poll")}
    </Button>
  );
}

function To({ desk }: { desk: Desk }) {
  const { draft, store, me } = desk;
  const others = store.here.value.people.filter((here) => here.person !== me.person);
  const { to = "" } = draft.value;
  if (others.length === 0 && to === "") return null;
  const gone = to !== "" && !others.some((here) => here.person === to);
  const choose = (person: string) => {
    draft.value = { ...draft.value, to: person || undefined };
  };
  return (
    <label class="composer-to">
      <span>{t("room.say_to")}</span>
      <select value={to} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">{t("room.say_to_all")}</option>
        {others.map((here) => (
          <option key={here.person} value={here.person}>
            {nameOf(here)}
          </option>
        ))}
        {gone && <option value={to}>{t("room.say_to_gone")}</option>}
      </select>
    </label>
  );
}
