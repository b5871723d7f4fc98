import { nameOf } from "../design/Person.tsx";
import type { Opinions } from "../room/fold/opinions.ts";
import { OpinionsList } from "../room/opinions/OpinionsList.tsx";
import { t } from "../words/words.ts";
import "../room/opinions/opinions.css";
import "../words/more/opinions.ts";

/** What people thought it was, and what that made together. */
export function OpinionsAtEnd({ opinions, weighed }: { opinions: Opinions; weighed: boolean }) {
  if (opinions.given === 0) return null;
  return (
    <section class="opinions-ended" aria-labelledby="opinions">
      <h2 id="opinions">{t("opinions.thought")}</h2>
      <OpinionsList opinions={opinions} nameIt={nameOf} weighed={weighed} />
    </section>
  );
}
