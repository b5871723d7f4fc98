import type { RevealedAward } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import "../words/more/archive.ts";

/** What observers had committed to before the close, in the order of their ledger: digests, which tell no sum. */
export function Commitments({ awards }: { awards: readonly RevealedAward[] }) {
  return (
    <details class="log-commitments">
      <summary>{t("archive.commitments")}</summary>
      <ol>
        {awards.map(({ commitment }) => (
          <li key={commitment}>
            <code>{commitment}</code>
          </li>
        ))}
      </ol>
    </details>
  );
}
