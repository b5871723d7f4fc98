import { Button } from "../design/Button.tsx";
import { list, specialty } from "../words/format.ts";
import { t } from "../words/words.ts";
import type { Kept, Roster } from "./store.ts";
import "../words/more/rosters.ts";

interface Props {
  kept: Kept;
  onOpen: (roster: Roster) => void;
  /** Absent where one may not name keepers. */
  onKeepers: (() => void) | undefined;
}

/** The rosters of one institution. */
export function Institution({ kept: { institution, rosters, keepers }, onOpen, onKeepers }: Props) {
  return (
    <section class="rosters-part">
      <header class="rosters-head">
        <div>
          <h2>
            <bdi>{institution}</bdi>
          </h2>
          <p class="rosters-note">
            {keepers.length ? t("rosters.keepers", { handles: list(keepers) }) : t("rosters.keepers_none")}
          </p>
        </div>
        {onKeepers && (
          <Button
            aria-haspopup="dialog"
            aria-label={`${t("rosters.keepers_change")}: ${institution}`}
            onClick={onKeepers}
          >
            {t("rosters.keepers_change")}
          </Button>
        )}
      </header>
      <ul class="rosters-rows">
        {rosters.map((roster) => (
          <li key={roster.id} class="rosters-row">
            <div>
              <h3>
                <bdi>{roster.name}</bdi>
              </h3>
              <p class="rosters-note">
                {t("rosters.about", { specialty: specialty(roster.specialty), zone: roster.zone.replaceAll("_", " ") })}
              </p>
            </div>
            <Button
              aria-haspopup="dialog"
              aria-label={`${t("rosters.open")}: ${roster.name}`}
              onClick={() => onOpen(roster)}
            >
              {t("rosters.open")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
