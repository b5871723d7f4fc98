import { Blank } from "../design/Blank.tsx";
import { Button } from "../design/Button.tsx";
import { Shape } from "../design/Shape.tsx";
import type { Api } from "../http/api.ts";
import { t } from "../words/words.ts";
import { ItemsList } from "./ItemsList.tsx";
import { bySpecialty, type Whole, type Whose, whole } from "./record.ts";
import { nameOfSpecialty, StandingCard } from "./StandingCard.tsx";
import { useFetched } from "./useFetched.ts";
import "../words/more/credibility.ts";

interface Props {
  api: Pick<Api, "get">;
  person?: string;
}

/** All that was scored of somebody: what it comes to, how their probabilities held, and every claim behind it. */
export function WholeRecord({ api, person }: Props) {
  const whose: Whose = person ? { own: false, person } : { own: true };
  const { found, failed, again } = useFetched((signal) => whole(api, whose, signal), person);
  return (
    <main class="page credibility" aria-busy={!found && !failed}>
      <h1>{whose.own ? t("credibility.title") : found && t("credibility.title_of", { name: found.handle })}</h1>
      <p class="credibility-says">{t("credibility.says")}</p>
      {failed && (
        <Blank says={t("credibility.failed")}>
          <Button onClick={again}>{t("common.retry")}</Button>
        </Blank>
      )}
      {!found && !failed && <Shape rows={6} />}
      {found && !failed && <Found api={api} found={found} whose={whose} />}
    </main>
  );
}

function Found({ api, found, whose }: { api: Pick<Api, "get">; found: Whole; whose: Whose }) {
  if (found.standings.length === 0) return <Blank says={t(whose.own ? "credibility.none" : "credibility.none_of")} />;
  return (
    <>
      {found.merit && <p class="credibility-merit">{t(whose.own ? "credibility.merit" : "credibility.merit_of")}</p>}
      <p class="credibility-says">{t("credibility.peers", { count: found.independent_peers })}</p>
      {bySpecialty(found.standings).map(([specialty, standings]) => (
        <section key={specialty} class="credibility-specialty">
          <h2>{nameOfSpecialty(specialty)}</h2>
          <div class="standings">
            {standings.map((standing) => (
              <StandingCard key={standing.kind} standing={standing} own={whose.own} />
            ))}
          </div>
        </section>
      ))}
      <ItemsList api={api} whose={whose} />
    </>
  );
}
