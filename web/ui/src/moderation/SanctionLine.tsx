import { now } from "../design/tick.ts";
import type { OwnSanction } from "../live/standing.ts";
import { dateOf } from "../words/format.ts";
import { said, t } from "../words/words.ts";
import "./sanctions.css";
import "../words/more/moderation.ts";

interface Props {
  sanction: OwnSanction;
  /** On whom, and by whom, where that is to be said. */
  who?: string;
  by?: string;
}

/** A sanction: what, on whom, until when, by whom, and why; how it ended. */
export function SanctionLine({ sanction, who, by }: Props) {
  const { kind, reason, at, lifted_at, lifted_reason } = sanction;
  return (
    <div class="sanction-line">
      <p class="sanction-head">
        {who && <bdi class="sanction-who">{who}</bdi>} <strong>{t(`moderation.was_${kind}`)}</strong>{" "}
        <span>{endOf(sanction)}</span>
      </p>
      <p class="said">{reason}</p>
      {lifted_at !== null && (
        <p class="sanction-lifted">
          {t("moderation.lifted", { time: dateOf(lifted_at) })}
          {lifted_reason && (
            <>
              {": "}
              <bdi>{lifted_reason}</bdi>
            </>
          )}
        </p>
      )}
      <p class="sanction-when figures">
        {dateOf(at)} {by && said("moderation.by_whom", { who: <bdi>{by}</bdi> })}
      </p>
    </div>
  );
}

/** Until when it holds; nothing of a warning, or where it was lifted. */
function endOf({ kind, until, lifted_at }: OwnSanction): string {
  if (kind === "warn" || lifted_at !== null) return "";
  if (until === null) return kind === "ban" ? "" : t("moderation.for_good");
  return until <= now.value ? t("moderation.over") : t("moderation.until", { time: dateOf(until) });
}
