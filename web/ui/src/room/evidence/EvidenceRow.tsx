import { useId } from "preact/hooks";
import { IconButton } from "../../design/Button.tsx";
import type { Evidence } from "../../wire/frames.ts";
import { t } from "../../words/words.ts";
import { EvidenceLevel } from "./EvidenceLevel.tsx";
import { EVIDENCE_KINDS } from "./references.ts";
import { isWrong, settled, typed } from "./rows.ts";
import "../../words/more/evidence.ts";

interface Props {
  row: Evidence;
  /** What its reference is called in what is sent. */
  name: string;
  /** Just added: it takes the focus. */
  last: boolean;
  onChange: (row: Evidence) => void;
  onRemove: () => void;
}

/** One piece of evidence: what is pasted is recognised, and two short choices say how strong it is. */
export function EvidenceRow({ row, name, last, onChange, onRemove }: Props) {
  const says = useId();
  const kindOf = (value: string) => EVIDENCE_KINDS.find((kind) => kind === value) ?? row.type;
  const wrong = isWrong(row);
  const numbered = row.type !== "guideline" && row.type !== "experience";
  return (
    <div class="evidence-row">
      <select
        class="field-box"
        aria-label={t("evidence.kind")}
        value={row.type}
        onChange={(event) => onChange({ ...row, type: kindOf(event.currentTarget.value) })}
      >
        {EVIDENCE_KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {t(`evidence.${kind}`)}
          </option>
        ))}
      </select>
      <input
        class="field-box"
        name={name}
        ref={last ? focused : null}
        aria-label={t("evidence.ref")}
        aria-describedby={says}
        aria-invalid={wrong || undefined}
        placeholder={t(`evidence.${row.type}_example`)}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        maxLength={500}
        value={row.ref}
        onInput={(event) => {
          const pasted = (event as InputEvent).inputType === "insertFromPaste";
          const changed = typed(row, event.currentTarget.value);
          onChange(pasted ? settled(changed) : changed);
        }}
        onBlur={() => {
          const changed = settled(row);
          if (changed.ref !== row.ref || changed.type !== row.type) onChange(changed);
        }}
      />
      <IconButton icon="close" name={t("evidence.remove")} onClick={remove(onRemove)} />
      <p id={says} class={wrong ? "evidence-says evidence-wrong" : "evidence-says"} aria-live="polite">
        {wrong && t(`evidence.wrong_${row.type}`)}
        {!wrong && numbered && row.ref !== "" && t("evidence.unresolved")}
      </p>
      {row.ref !== "" && <EvidenceLevel row={row} onChange={onChange} />}
    </div>
  );
}

function focused(box: HTMLInputElement | null): void {
  if (box && !box.dataset["met"]) {
    box.dataset["met"] = "yes";
    box.focus();
  }
}

/** The row goes, and with it the focus: it goes to the button that adds one. */
function remove(onRemove: () => void) {
  return (event: Event) => {
    const rows = (event.currentTarget as HTMLElement).closest(".evidence-fields");
    rows?.querySelector<HTMLElement>(":scope > .button")?.focus();
    onRemove();
  };
}
