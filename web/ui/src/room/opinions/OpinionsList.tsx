import type { By } from "../../wire/frames.ts";
import { t } from "../../words/words.ts";
import type { Opinions } from "../fold/opinions.ts";
import { OpinionOf } from "./OpinionOf.tsx";
import type { Pooled } from "./pooling.ts";
import { percentOf, pooledIn, readable } from "./reading.ts";
import "../../words/more/opinions.ts";

interface Props {
  opinions: Opinions;
  /** What a person is called here. */
  nameIt: (by: By) => string;
  /** Whether this reader is told what each opinion weighs; observers are not. */
  weighed: boolean;
}

/** What all think together with how far they are apart, what each thinks, and how the one is made of the other. */
export function OpinionsList({ opinions, nameIt, weighed }: Props) {
  const pool = pooledIn(opinions);
  return (
    <>
      <p class="opinions-of">
        {t("opinions.of", { count: pool.of })}
        {opinions.opened === null && <span class="opinions-how"> · {t("opinions.not_all")}</span>}
      </p>
      <ol class="opinions-pool">
        {pool.diagnoses.map((one) => (
          <Likely key={`${one.code ?? ""} ${one.dx}`} one={one} />
        ))}
        <li class="opinions-line">
          <span class="opinions-dx">{t("opinions.else")}</span>
          <Percent value={pool.something_else} />
          <Bar value={pool.something_else} />
        </li>
      </ol>
      <h3 class="opinions-head">{t("opinions.each")}</h3>
      <ul class="opinions-each">
        {readable(opinions).map((held) => (
          <OpinionOf key={held.by.person} held={held} opened={opinions.opened} nameIt={nameIt} weighed={weighed} />
        ))}
      </ul>
      <details class="opinions-computed">
        <summary>{t("opinions.how")}</summary>
        <p>{t("opinions.how_says")}</p>
        <p>{t(weighed ? "opinions.how_weighs" : "opinions.how_alike")}</p>
      </details>
    </>
  );
}

/** A diagnosis with how likely all find it, and from where to where those who named it do. */
function Likely({ one }: { one: Pooled }) {
  const spread = { count: one.named, low: percentOf(one.low), high: percentOf(one.high) };
  return (
    <li class="opinions-line">
      <span class="opinions-dx">
        <bdi>{one.dx}</bdi> {one.code && <span class="opinions-code">{one.code}</span>}
      </span>
      <Percent value={one.probability} />
      <Bar value={one.probability} from={one.low} to={one.high} />
      <span class="opinions-spread">{t("opinions.named_by", spread)}</span>
    </li>
  );
}

function Percent({ value }: { value: number }) {
  return <strong class="opinions-percent">{t("opinions.percent", { percent: percentOf(value) })}</strong>;
}

/** Seen only: what it shows stands beside it. */
function Bar({ value, from, to }: { value: number; from?: number; to?: number }) {
  return (
    <span class="opinions-bar" aria-hidden="true" style={{ "--value": value }}>
      {from !== undefined && to !== undefined && <span class="opinions-range" style={{ "--from": from, "--to": to }} />}
    </span>
  );
}
