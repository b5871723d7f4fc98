import { Icon } from "../../design/Icon.tsx";
import { t } from "../../words/words.ts";
import "./evidence.css";
import "../../words/more/evidence.ts";
import "../../design/drawings.ts";

/** Where a post is listed away from its place: that it is refuted, and the way to what refutes it. */
export function RefutedShort({ by, onJump }: { by: string; onJump: (id: string) => void }) {
  return (
    <p class="refuted">
      <Icon name="differs" />
      <strong class="refuted-says">{t("evidence.refuted")}</strong>
      <button type="button" class="refuted-go" onClick={() => onJump(by)}>
        {t("evidence.see_refutation")}
      </button>
    </p>
  );
}
