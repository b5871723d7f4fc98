import { dateOf } from "../words/format.ts";
import { t } from "../words/words.ts";
import { EntryText } from "./EntryText.tsx";
import type { Declared } from "./types.ts";
import "../words/more/interests.ts";

/** All that one ever declared, changed or withdrew, newest first. */
export function History({ entries }: { entries: readonly Declared[] }) {
  return (
    <details class="interests-part">
      <summary>{t("interests.history")}</summary>
      <p class="interests-note">{t("interests.history_says")}</p>
      <ol class="interests-list">
        {entries.map((entry) => (
          <li key={entry.id}>
            <p class="interests-note">
              {t(`interests.act_${entry.act}`)} ·{" "}
              <time dateTime={new Date(entry.at).toISOString()}>{dateOf(entry.at)}</time>
            </p>
            <EntryText entry={entry} />
          </li>
        ))}
      </ol>
    </details>
  );
}
