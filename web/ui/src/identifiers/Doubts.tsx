import { useEffect, useId, useRef } from "preact/hooks";
import { announce } from "../design/announce.ts";
import { Button } from "../design/Button.tsx";
import { known, t } from "../words/words.ts";
import type { Doubt } from "./doubts.ts";
import "./doubts.css";
import "../words/more/identifiers.ts";

interface Props {
  doubts: readonly Doubt[];
  /** The name of a field, where there are several. */
  nameOf?: (field: string) => string | undefined;
  /** What confirming means, where it is not a post. */
  hint?: string;
  onEdit: (first: Doubt) => void;
  onConfirm: () => void;
}

/** What may tell who the patient is, why it seems so, and the two ways on. It takes the focus. */
export function Doubts({ doubts, nameOf, hint, onEdit, onConfirm }: Props) {
  const place = useRef<HTMLElement>(null);
  const title = useId();
  useEffect(() => {
    place.current?.focus();
    announce(t("identifiers.count", { count: doubts.length }));
  }, [doubts]);
  const [first] = doubts;
  if (!first) return null;
  const edit = () => onEdit(first);
  return (
    <section
      ref={place}
      class="doubts"
      tabIndex={-1}
      aria-labelledby={title}
      onKeyDown={(event) => pressed(event, edit, onConfirm)}
    >
      <p id={title} class="doubts-title">
        {t("identifiers.title")}
      </p>
      <ul class="doubts-list">
        {doubts.map((doubt) => (
          <Line key={`${doubt.field} ${doubt.place[0]}`} doubt={doubt} field={nameOf?.(doubt.field)} />
        ))}
      </ul>
      <p class="doubts-hint">{hint ?? t("identifiers.hint")}</p>
      <div class="doubts-acts">
        <Button onClick={edit} aria-keyshortcuts="E">
          {t("identifiers.edit")}
        </Button>
        <Button onClick={onConfirm} aria-keyshortcuts="N">
          {t("identifiers.confirm")}
        </Button>
        <span class="doubts-keys">{t("identifiers.keys")}</span>
      </div>
    </section>
  );
}

function Line({ doubt, field }: { doubt: Doubt; field: string | undefined }) {
  const { before, words, after, rule } = doubt;
  const word = `identifiers.rule_${rule}`;
  return (
    <li class="doubts-line">
      <bdi class="doubts-words">
        {before}
        <mark>{words}</mark>
        {after}
      </bdi>
      <span class="doubts-why">
        {t(known(word) ? word : "identifiers.rule_other")}
        {field && ` (${t("identifiers.in_field", { field })})`}
      </span>
    </li>
  );
}

/** One key for each way, while the focus is here and not in a box. */
function pressed(event: KeyboardEvent, edit: () => void, confirm: () => void): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const act = { e: edit, escape: edit, n: confirm }[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}
