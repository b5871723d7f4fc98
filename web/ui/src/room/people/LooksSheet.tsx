import { useEffect, useState } from "preact/hooks";
import { Button } from "../../design/Button.tsx";
import { Sheet } from "../../design/Sheet.tsx";
import type { Api } from "../../http/api.ts";
import { dateOf, exactTime } from "../../words/format.ts";
import { t } from "../../words/words.ts";
import { howLooked, type Look, looksAt, whoLooked } from "./looks.ts";
import "./looks.css";
import "../../words/more/looks.ts";

interface Props {
  api: Pick<Api, "get">;
  room: string;
  onClose: () => void;
}

/** Who has read this case, newest first, a page at a time: for its presenter and for moderators. */
export function LooksSheet({ api, room, onClose }: Props) {
  const { reads, next, is, more } = useLooks(api, room);
  return (
    <Sheet title={t("looks.title")} onClose={onClose}>
      <div class="looks">
        <p class="act-says">{t("looks.says")}</p>
        <ol class="looks-list">
          {reads.map((look) => (
            <Line key={`${look.at}${look.act}${look.handle}`} look={look} />
          ))}
        </ol>
        <p role="status">
          {is === "loading" && t("looks.loading")}
          {is === "ready" && reads.length === 0 && t("looks.none")}
          {is === "failed" && t("looks.failed")}
        </p>
        {is === "failed" && <Button onClick={more}>{t("common.retry")}</Button>}
        {is === "ready" && next !== null && <Button onClick={more}>{t("looks.more")}</Button>}
      </div>
    </Sheet>
  );
}

function Line({ look }: { look: Look }) {
  return (
    <li class="look">
      <bdi class="look-who">{whoLooked(look)}</bdi>
      <span class="look-how">{howLooked(look)}</span>
      <time class="look-when figures" dateTime={new Date(look.at).toISOString()} title={exactTime(look.at)}>
        {dateOf(look.at)}
      </time>
    </li>
  );
}

function useLooks(api: Pick<Api, "get">, room: string) {
  const [reads, setReads] = useState<readonly Look[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [is, setIs] = useState<"loading" | "ready" | "failed">("loading");
  const more = () => {
    setIs("loading");
    looksAt(api, room, next).then(
      (page) => {
        setReads([...reads, ...page.reads]);
        setNext(page.next);
        setIs("ready");
      },
      () => setIs("failed"),
    );
  };
  useEffect(more, [api, room]);
  return { reads, next, is, more };
}
