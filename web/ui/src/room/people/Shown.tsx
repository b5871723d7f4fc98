import { useEffect, useState } from "preact/hooks";
import { Moment } from "../../design/Moment.tsx";
import { number } from "../../words/format.ts";
import { t } from "../../words/words.ts";
import { kindOf, type Observed } from "./observers.ts";
import "../../words/more/acts.ts";

/** Who was shown this case: institutions, never persons. */
export function Shown({ read }: { read: () => Promise<readonly Observed[]> }) {
  const [all, setAll] = useState<readonly Observed[] | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    read().then(setAll, () => setFailed(true));
  }, []);
  return (
    <section class="shown">
      <h3>{t("acts.shown")}</h3>
      {failed && <p>{t("acts.shown_failed")}</p>}
      {all?.length === 0 && <p>{t("acts.shown_none")}</p>}
      {all && all.length > 0 && (
        <ul>
          {all.map((one) => (
            <Line key={one.institution} {...one} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Line({ institution, kind, people, now, exported, ranges }: Observed) {
  const upto = Math.max(0, ...ranges.map((range) => range.upto));
  const says = [
    kindOf(kind),
    t("acts.shown_people", { count: people }),
    ...(upto > 0 ? [t("acts.shown_upto", { upto: number(upto) })] : []),
    ...(now > 0 ? [t("acts.shown_now")] : []),
    ...(exported ? [t("acts.shown_taken")] : []),
  ];
  return (
    <li>
      <strong>
        <bdi>{institution}</bdi>
      </strong>
      <span>
        {says.join(" · ")} · <Moment at={ranges[0]?.began_at ?? 0} />
      </span>
    </li>
  );
}
