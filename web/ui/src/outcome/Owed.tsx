import { useEffect, useState } from "preact/hooks";
import { Written } from "../design/Written.tsx";
import type { Api } from "../http/api.ts";
import type { Notices } from "../live/notices.ts";
import type { Question } from "../room/fold/card.ts";
import { dateOf, list } from "../words/format.ts";
import { t } from "../words/words.ts";
import "./owed.css";
import "../words/more/outcome.ts";

interface OwedLine {
  readonly id: string;
  readonly title: string;
  readonly closed_at: number;
  readonly owed: readonly Question[];
}

interface Props {
  api: Pick<Api, "get">;
  notices: Notices;
}

/** One's own closed cases that nobody knows the end of yet. */
export function Owed({ api, notices }: Props) {
  const cases = useOwed(api, notices.all.value.length);
  if (cases.length === 0) return null;
  return (
    <section class="owed" aria-labelledby="owed">
      <h2 id="owed">{t("outcome.owed", { count: cases.length })}</h2>
      <ul>
        {cases.map((one) => (
          <li key={one.id}>
            <a href={`/archive/${one.id}`} class="owed-link said">
              <Written text={one.title} />
            </a>
            <p class="owed-missing">
              <span>{t("outcome.owed_closed", { when: dateOf(one.closed_at) })}</span>{" "}
              <span>
                {t("outcome.owed_missing", { what: list(one.owed.map((name) => t(`outcome.short_${name}`))) })}
              </span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Asked for anew with each notice, which may be a reminder. What does not come leaves the worklist as it is. */
function useOwed(api: Pick<Api, "get">, notices: number): readonly OwedLine[] {
  const [cases, setCases] = useState<readonly OwedLine[]>([]);
  useEffect(() => {
    const giveUp = new AbortController();
    api
      .get<{ cases: readonly OwedLine[] }>("/api/outcomes/owed", { signal: giveUp.signal })
      .then((found) => setCases(found.cases))
      .catch(() => {});
    return () => giveUp.abort();
  }, [api, notices]);
  return cases;
}
