import type { Signal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { Icon } from "../../design/Icon.tsx";
import { t } from "../../words/words.ts";
import { rewritten } from "../composer/doubting.ts";
import type { Draft } from "../composer/drafts.ts";
import { claimIn } from "./claims.ts";
import { EMPTY_ROW } from "./rows.ts";
import "./evidence.css";
import "../../words/more/evidence.ts";

/** While one writes a dose or a drug and no evidence: what is missing, and a tap that adds a row for it. */
export function ClaimHint({ draft }: { draft: Signal<Draft> }) {
  const { text, kind, evidence } = draft.value;
  const claim = useMemo(() => claimIn(text, kind), [text, kind]);
  if (claim === null || evidence.length > 0) return null;
  const add = () => {
    draft.value = rewritten(draft.value, { evidence: [EMPTY_ROW] });
  };
  return (
    <button type="button" class="unsupported claim-hint" onClick={add}>
      <Icon name="alert" />
      <span>{t(`evidence.hint_${claim}`)}</span>
    </button>
  );
}
