import { Icon } from "../design/Icon.tsx";
import { dateOf, number } from "../words/format.ts";
import { t, type Word } from "../words/words.ts";
import type { Seal } from "./records.ts";
import "../words/more/archive.ts";
import "../design/drawings.ts";

/** What proves that the record is as it was, and how anybody can check it. */
export function Seals({ id, seals }: { id: string; seals: readonly Seal[] }) {
  return (
    <section class="seals" aria-labelledby="seal">
      <h2 id="seal" tabIndex={-1}>
        <Icon name="seal" /> {t("archive.seal")}
      </h2>
      <p>{t("archive.seal_proves")}</p>
      {seals.map((seal) => (
        <One key={seal.sha256} seal={seal} />
      ))}
      <p>{t("archive.seal_verify")}</p>
      <pre class="seals-command">
        <code>curbside archive verify {id}</code>
      </pre>
    </section>
  );
}

function One({ seal }: { seal: Seal }) {
  const facts: [Word, string][] = [
    ["archive.seal_at", dateOf(seal.sealed_at)],
    ["archive.seal_upto", number(seal.upto)],
    ["archive.seal_root", seal.root],
    ["archive.seal_key", seal.key_id],
    ["archive.seal_file", seal.sha256],
  ];
  return (
    <dl class="seals-facts">
      {facts.map(([word, says]) => (
        <div key={word}>
          <dt>{t(word)}</dt>
          <dd>{says}</dd>
        </div>
      ))}
    </dl>
  );
}
