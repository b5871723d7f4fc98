import { Blank } from "../design/Blank.tsx";
import { Button } from "../design/Button.tsx";
import { Shape } from "../design/Shape.tsx";
import type { Api } from "../http/api.ts";
import { t } from "../words/words.ts";
import { bySpecialty, type Short, short } from "./record.ts";
import { nameOfSpecialty } from "./StandingCard.tsx";
import { useFetched } from "./useFetched.ts";
import "../words/more/credibility.ts";

/** What colleagues are told: by specialty a word, and of how many claims. */
export function ShortRecord({ api, person }: { api: Pick<Api, "get">; person: string }) {
  const { found, failed, again } = useFetched((signal) => short(api, person, signal), person);
  return (
    <main class="page credibility" aria-busy={!found && !failed}>
      <h1>{found && t("credibility.title_of", { name: found.handle })}</h1>
      <p class="credibility-says">{t("credibility.says_of")}</p>
      {failed && (
        <Blank says={t("credibility.failed")}>
          <Button onClick={again}>{t("common.retry")}</Button>
        </Blank>
      )}
      {!found && !failed && <Shape rows={3} />}
      {found && !failed && <Found found={found} />}
    </main>
  );
}

function Found({ found }: { found: Short }) {
  if (found.standings.length === 0) return <Blank says={t("credibility.none_of")} />;
  return (
    <>
      <p class="credibility-says">{t("credibility.peers", { count: found.independent_peers ?? 0 })}</p>
      {bySpecialty(found.standings).map(([specialty, standings]) => (
        <section key={specialty} class="credibility-specialty">
          <h2>{nameOfSpecialty(specialty)}</h2>
          <div class="standings">
            {standings.map(({ kind, n, place }) => (
              <section key={kind} class="standing">
                <h3>{t(`credibility.kind_${kind}`)}</h3>
                <p class={`standing-place standing-${place}`}>{t(`credibility.place_${place}`)}</p>
                <p class="standing-line">{t("credibility.count", { count: n })}</p>
              </section>
            ))}
          </div>
        </section>
      ))}
    </>
  );
}
