import type { Signal } from "@preact/signals";
import { Button, IconButton } from "../../design/Button.tsx";
import type { Evidence } from "../../wire/frames.ts";
import { t } from "../../words/words.ts";
import { rewritten } from "../composer/doubting.ts";
import type { Draft } from "../composer/drafts.ts";
import { EVIDENCE_KINDS } from "./evidence.ts";
import "../../words/more/room.ts";

const MOST = 20;

/** Rows for what a claim rests on; none until one is added. */
export function EvidenceFields({ draft }: { draft: Signal<Draft> }) {
  const { evidence } = draft.value;
  const change = (rows: readonly Evidence[]) => {
    draft.value = rewritten(draft.value, { evidence: rows });
  };
  return (
    <div class="evidence-fields">
      {evidence.map((row, at) => (
        <Row
          key={at}
          row={row}
          name={`evidence.${at}`}
          last={at === evidence.length - 1 && row.ref === ""}
          onChange={(changed) => change(evidence.with(at, changed))}
          onRemove={() => change(evidence.toSpliced(at, 1))}
        />
      ))}
      {evidence.length < MOST && (
        <Button look="bare" icon="ask" onClick={() => change([...evidence, { type: "pmid", ref: "" }])}>
          {t("room.say_evidence")}
        </Button>
      )}
    </div>
  );
}

interface RowProps {
  row: Evidence;
  /** What its reference is called in what is sent. */
  name: string;
  /** Just added: it takes the focus. */
  last: boolean;
  onChange: (row: Evidence) => void;
  onRemove: () => void;
}

function Row({ row, name, last, onChange, onRemove }: RowProps) {
  const kindOf = (value: string) => EVIDENCE_KINDS.find((kind) => kind === value) ?? row.type;
  return (
    <div class="evidence-row">
      <select
        class="field-box"
        aria-label={t("room.say_evidence_kind")}
        value={row.type}
        ref={last ? focused : null}
        onChange={(event) => onChange({ ...row, type: kindOf(event.currentTarget.value) })}
      >
        {EVIDENCE_KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {t(`room.evidence_${kind}`)}
          </option>
        ))}
      </select>
      <input
        class="field-box"
        name={name}
        aria-label={t("room.say_evidence_ref")}
        placeholder={t(`room.evidence_${row.type}_example`)}
        maxLength={500}
        value={row.ref}
        onInput={(event) => onChange({ ...row, ref: event.currentTarget.value })}
      />
      <IconButton icon="close" name={t("room.say_evidence_remove")} onClick={remove(onRemove)} />
    </div>
  );
}

function focused(box: HTMLSelectElement | null): void {
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

/** The rows in which something is written. */
export function written(rows: readonly Evidence[]): Evidence[] {
  return rows.filter((row) => row.ref.trim() !== "").map((row) => ({ ...row, ref: row.ref.trim() }));
}
