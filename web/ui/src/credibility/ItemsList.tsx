import { useEffect, useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import type { Api } from "../http/api.ts";
import { dateOf } from "../words/format.ts";
import { intl } from "../words/locale.ts";
import { t } from "../words/words.ts";
import { type Item, items, placeOf, type Whose } from "./record.ts";
import { hundredths, nameOfSpecialty } from "./StandingCard.tsx";
import "../words/more/credibility.ts";

interface Props {
  api: Pick<Api, "get">;
  whose: Whose;
}

const WHOLE = 1_000;
const shares = new Intl.NumberFormat(intl, { style: "percent", maximumFractionDigits: 0 });

/** Every claim that was scored, the newest first, a page at a time, with what was said and the outcome that scored it. */
export function ItemsList({ api, whose }: Props) {
  const { found, next, is, more } = useItems(api, whose);
  return (
    <section class="claims">
      <h2>{t("credibility.items")}</h2>
      <ol class="claims-list">
        {found.map((item) => (
          <Line key={`${item.room} ${item.event}`} item={item} />
        ))}
      </ol>
      <p role="status">
        {is === "loading" && t("credibility.loading")}
        {is === "failed" && t("credibility.items_failed")}
      </p>
      {is === "failed" && <Button onClick={more}>{t("common.retry")}</Button>}
      {is === "ready" && next !== null && <Button onClick={more}>{t("credibility.more")}</Button>}
    </section>
  );
}

function Line({ item }: { item: Item }) {
  return (
    <li class="claim">
      <span class="claim-what">
        {t(`credibility.kind_${item.kind}`)}, {nameOfSpecialty(item.specialty)}
      </span>
      <span class="claim-how">{howItWent(item)}</span>
      <span class="claim-when">
        <time dateTime={new Date(item.at).toISOString()}>{dateOf(item.at)}</time>
        <a href={placeOf(item.room, item.event)}>{t("credibility.item_said")}</a>
        <a href={placeOf(item.room, item.outcome)}>{t("credibility.item_outcome")}</a>
      </span>
    </li>
  );
}

function howItWent({ kind, score, forecasts }: Item): string {
  if (kind !== "opinion") return t(score >= WHOLE ? "credibility.item_right" : "credibility.item_wrong");
  const hit = forecasts.find(([, was]) => was);
  const given = hit ? t("credibility.item_given", { share: shares.format(hit[0]) }) : t("credibility.item_none");
  return `${given} ${t("credibility.item_score", { score: hundredths(score / WHOLE) })}`;
}

function useItems(api: Pick<Api, "get">, whose: Whose) {
  const [found, setFound] = useState<readonly Item[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [is, setIs] = useState<"loading" | "ready" | "failed">("loading");
  const more = () => {
    setIs("loading");
    items(api, whose, next).then(
      (page) => {
        setFound([...found, ...page.items]);
        setNext(page.next);
        setIs("ready");
      },
      () => setIs("failed"),
    );
  };
  useEffect(more, [api]);
  return { found, next, is, more };
}
