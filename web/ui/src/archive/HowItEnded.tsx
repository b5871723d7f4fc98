import { nameOf } from "../design/Person.tsx";
import { Written } from "../design/Written.tsx";
import { dateOf } from "../words/format.ts";
import { said, t } from "../words/words.ts";
import type { Ending } from "./replay.ts";
import "../words/more/archive.ts";

/** What became of the patient, first of all. */
export function HowItEnded({ ending }: { ending: Ending }) {
  const { disposition, summary } = ending.body;
  const when = <time dateTime={new Date(ending.at).toISOString()}>{dateOf(ending.at)}</time>;
  return (
    <section class="ending" aria-labelledby="ending">
      <h2 id="ending">{t("archive.ending")}</h2>
      <p class="ending-disposition said">
        <Written text={disposition} />
      </p>
      <p class="said">
        <Written text={summary} />
      </p>
      <p class="ending-by">{said("archive.ended_by", { name: <bdi>{nameOf(ending.by)}</bdi>, when })}</p>
    </section>
  );
}
