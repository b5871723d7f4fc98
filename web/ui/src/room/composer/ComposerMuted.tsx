import type { OwnSanction } from "../../live/standing.ts";
import { dateOf } from "../../words/format.ts";
import { t } from "../../words/words.ts";
import "../../words/more/room.ts";

/** What stands in the composer's place for who is muted: that they are, until when, and why. */
export function ComposerMuted({ by }: { by: OwnSanction }) {
  const says = by.until === null ? t("room.say_muted") : t("room.say_muted_until", { until: dateOf(by.until) });
  return (
    <div class="composer-place">
      <p>
        {says} {t("room.say_muted_why")} <bdi>{by.reason}</bdi> <a href="/sanctions">{t("app.own_sanctions")}</a>
      </p>
    </div>
  );
}
