import type { OwnSanction } from "../live/standing.ts";
import { dateOf } from "../words/format.ts";
import { t } from "../words/words.ts";
import "../words/more/moderation.ts";

/** What stands in the composer's place for who is muted: that they are, until when, and why. */
export function Muted({ by }: { by: OwnSanction }) {
  const says = by.until === null ? t("moderation.muted") : t("moderation.muted_until", { until: dateOf(by.until) });
  return (
    <div class="composer-place">
      <p>
        {says} {t("moderation.muted_why")} <bdi>{by.reason}</bdi> <a href="/sanctions">{t("flags.own_link")}</a>
      </p>
    </div>
  );
}
