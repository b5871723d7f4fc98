import type { Signal } from "@preact/signals";
import { Button } from "../../design/Button.tsx";
import { later, Nothing } from "../../design/later.tsx";
import type { Evidence } from "../../wire/frames.ts";
import { t } from "../../words/words.ts";
import { rewritten } from "../composer/doubting.ts";
import type { Draft } from "../composer/drafts.ts";
import { EMPTY_ROW } from "./rows.ts";
import "./evidence.css";
import "../../words/more/evidence.ts";

const EvidenceRow = later(() => import("./EvidenceRow.tsx").then((file) => file.EvidenceRow), Nothing);
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
        <EvidenceRow
          key={at}
          row={row}
          name={`evidence.${at}`}
          last={at === evidence.length - 1 && row.ref === ""}
          onChange={(changed) => change(evidence.with(at, changed))}
          onRemove={() => change(evidence.toSpliced(at, 1))}
        />
      ))}
      {evidence.length < MOST && (
        <Button look="bare" icon="ask" onClick={() => change([...evidence, EMPTY_ROW])}>
          {t("evidence.add")}
        </Button>
      )}
    </div>
  );
}
